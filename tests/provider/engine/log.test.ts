import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { engineLog, type Line } from "../../../provider/engine/log";

test.each([undefined, "", "--monitor=127.0.0.1:1", "http://127.0.0.1:1", "up", "127.0.0.1"])(
  "%j is no engine's address",
  (address) => {
    expect(engineLog(address)).toBeUndefined();
  },
);

test("an engine is connected to once, when the first line comes", async () => {
  const connected: string[] = [];
  const shown: Line[] = [];
  const log = engineLog("127.0.0.1:1234", (address) => {
    connected.push(address);
    return (line) => Promise.resolve(void shown.push(line));
  });
  expect(connected).toEqual([]);
  await log?.({ message: "a", severity: "info" });
  await log?.({ message: "b", severity: "warning" });
  expect({ connected, shown }).toEqual({
    connected: ["127.0.0.1:1234"],
    shown: [
      { message: "a", severity: "info" },
      { message: "b", severity: "warning" },
    ],
  });
});

test("an engine that cannot be connected to rejects", async () => {
  const log = engineLog("127.0.0.1:1", () => {
    throw new Error("no such module");
  });
  await expect(log?.({ message: "a", severity: "info" })).rejects.toThrow("no such module");
});

test("the engine gets lines over its own protocol", async () => {
  const server = new Server();
  const nothing = (): void => undefined;
  const received: LogRequest.AsObject[] = [];
  const answer = (call: ServerUnaryCall<LogRequest, Empty>, callback: sendUnaryData<Empty>): void => {
    received.push(call.request.toObject());
    callback(null, new Empty());
  };
  server.addService(EngineService, {
    log: answer,
    getRootResource: nothing,
    setRootResource: nothing,
    startDebugging: nothing,
    requirePulumiVersion: nothing,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const log = engineLog(`127.0.0.1:${port}`);
  await log?.({ message: "handbook.pdf: processing (3 s)", severity: "info", passing: true });
  await log?.({ message: "two\nlines", severity: "warning", urn: "urn:pulumi:a::b::c::d" });
  expect(received).toMatchObject([
    { severity: 1, message: "handbook.pdf: processing (3 s)", urn: "", ephemeral: true },
    { severity: 2, message: "two\nlines", urn: "urn:pulumi:a::b::c::d", ephemeral: false },
  ]);
  server.forceShutdown();
});
