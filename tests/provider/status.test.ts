import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import type { Log } from "../../provider/log";
import { createStatus } from "../../provider/status";

let now = 0;
let lines: string[] = [];
beforeEach(() => {
  now = 0;
  lines = [];
});
const silent = (): void => undefined;
const log: Log = { error: silent, warn: silent, info: (message) => void lines.push(message), debug: silent };
const clock = { now: () => now };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test.each([undefined, "", "--monitor=127.0.0.1:1", "http://127.0.0.1:1", "up", "127.0.0.1"])("with %j for an address, one line in 30 seconds is written", (address) => {
  const status = createStatus(address, { clock, log, connect: () => () => Promise.reject(new Error("never asked")) });
  status("a");
  now = 29_999;
  status("b");
  now = 30_000;
  status("c");
  expect(lines).toEqual(["a", "c"]);
});

test("an engine is connected to once, and shows every line", async () => {
  const connected: string[] = [];
  const shown: string[] = [];
  const connect = (address: string) => {
    connected.push(address);
    return (message: string) => Promise.resolve(void shown.push(message));
  };
  const status = createStatus("127.0.0.1:1234", { clock, log, connect });
  expect(connected).toEqual([]);
  status("a");
  status("b");
  await settled();
  expect({ connected, shown, lines }).toEqual({ connected: ["127.0.0.1:1234"], shown: ["a", "b"], lines: [] });
});

test.each<[string, () => () => Promise<void>]>([
  ["cannot be connected to", () => { throw new Error("no such module"); }],
  ["does not answer", () => () => Promise.reject(new Error("unavailable"))],
])("an engine that %s fails nothing: lines are written instead", async (_what, connect) => {
  const status = createStatus("127.0.0.1:1", { clock, log, connect });
  status("a");
  status("b");
  await settled();
  expect(lines).toEqual(["a"]);
});

test("the engine gets a passing message of no importance over its own protocol", async () => {
  const server = new Server();
  const nothing = (): void => undefined;
  const received = new Promise<LogRequest.AsObject>((resolve) => {
    const answer = (call: ServerUnaryCall<LogRequest, Empty>, callback: sendUnaryData<Empty>): void => {
      callback(null, new Empty());
      resolve(call.request.toObject());
    };
    server.addService(EngineService, { log: answer, getRootResource: nothing, setRootResource: nothing, startDebugging: nothing, requirePulumiVersion: nothing });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  createStatus(`127.0.0.1:${port}`, { clock, log })("handbook.pdf: processing (3 s)");
  await expect(received).resolves.toMatchObject({ severity: 1, message: "handbook.pdf: processing (3 s)", ephemeral: true });
  server.forceShutdown();
});
