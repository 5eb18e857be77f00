import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as Stubs from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/engine_pb.js";
import type { Clock } from "./lifecycle.js";
import type { Log } from "./log.js";

/** Says what is going on while something takes its time. It never fails, and nothing waits for it. */
export type Status = (message: string) => void;

/** Shows a line until the next one. Rejects where there is nobody to show it. */
type Show = (message: string) => Promise<void>;

interface Surroundings {
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  /** Connects to the engine at an address. */
  readonly connect?: (address: string) => Show;
}

/** Where no engine shows passing lines, each stays: one in so many milliseconds is enough. */
const LINE_EVERY = 30_000;

/**
 * Status lines that the engine shows while a resource is being made, and drops in the end. Without an engine they are
 * ordinary lines, few of them.
 *
 * @param address - the engine's, `host:port`, as it hands it to its provider process; anything else is no address.
 */
export function createStatus(address: string | undefined, { clock, log, connect = connectToEngine }: Surroundings): Status {
  let show: Show | undefined;
  let lastLine = -Infinity;
  const line = (message: string): void => {
    if (clock.now() - lastLine < LINE_EVERY) return;
    lastLine = clock.now();
    log.info(message);
  };
  if (address === undefined || !/^[^\s:/-][^\s/]*:\d+$/u.test(address)) return line;
  return (message) => {
    const shown = Promise.resolve().then(() => {
      // Loaded for the first line only: most deployments wait for nothing.
      show ??= connect(address);
      return show(message);
    });
    shown.catch(() => line(message));
  };
}

function connectToEngine(address: string): Show {
  // All from the SDK's own copies, which share classes; and required, since importing finds no names in its stubs.
  const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { credentials } = sdk("@grpc/grpc-js") as typeof Grpc;
  const { EngineClient } = sdk("./proto/engine_grpc_pb.js") as typeof Stubs;
  const { LogRequest, LogSeverity } = sdk("./proto/engine_pb.js") as typeof Messages;
  const engine = new EngineClient(address, credentials.createInsecure());
  return (message) =>
    new Promise((resolve, reject) => {
      const request = new LogRequest().setSeverity(LogSeverity.INFO).setMessage(message).setEphemeral(true);
      engine.log(request, (error) => (error === null ? resolve() : reject(error)));
    });
}
