import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as Stubs from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/engine_pb.js";

/** Something that the engine is to show. */
export interface Line {
  /** One line or several. */
  readonly message: string;
  readonly severity: "info" | "warning";
  /** The resource that it is about. Default: the stack. */
  readonly urn?: string | undefined;
  /** Whether the next one takes its place, and none stays in the end. */
  readonly passing?: boolean;
}

/** Shows a line. Rejects where there is nobody to show it. */
export type EngineLog = (line: Line) => Promise<void>;

/** What a provider process is given as its only argument: the engine's address, `host:port`. */
const ADDRESS = /^[^\s:/-][^\s/]*:\d+$/u;

/** Whether a process argument is the address of an engine. */
export function isEngineAddress(argument: string | undefined): argument is string {
  return argument !== undefined && ADDRESS.test(argument);
}

/**
 * The engine's own log. It connects when the first line comes: most deployments have none. Lines are sent one after the
 * other, since an engine may take up at once what comes at once, and show it in another order.
 *
 * @param address As the engine hands it to its provider process; with anything else there is no log.
 */
export function engineLog(
  address: string | undefined,
  connect: (address: string) => EngineLog = connectToEngine,
): EngineLog | undefined {
  if (!isEngineAddress(address)) return undefined;
  let show: EngineLog | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (line) => {
    const sent = last.then(() => (show ??= connect(address))(line));
    last = sent.catch(() => undefined);
    return sent;
  };
}

function connectToEngine(address: string): EngineLog {
  // All from the SDK's own copies, which share classes; and required, since importing finds no names in its stubs.
  const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { credentials } = sdk("@grpc/grpc-js") as typeof Grpc;
  const { EngineClient } = sdk("./proto/engine_grpc_pb.js") as typeof Stubs;
  const { LogRequest, LogSeverity } = sdk("./proto/engine_pb.js") as typeof Messages;
  const engine = new EngineClient(address, credentials.createInsecure());
  return ({ message, severity, urn = "", passing = false }) =>
    new Promise((resolve, reject) => {
      const request = new LogRequest().setSeverity(severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING);
      request.setMessage(message).setUrn(urn).setEphemeral(passing);
      engine.log(request, (error) => (error === null ? resolve() : reject(error)));
    });
}
