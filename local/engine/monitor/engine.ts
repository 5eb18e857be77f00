import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { GetRootResourceResponse, LogSeverity, SetRootResourceResponse } from "@pulumi/pulumi/proto/engine_pb.js";
import { unsupported } from "../errors.js";
import { answered, Empty } from "../protocol/pulumi.js";

/** One message to the user. */
export interface Message {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly text: string;
  /** The resource it is about; "" for none. */
  readonly urn: string;
  /** Shown as a passing status, and not kept. */
  readonly ephemeral: boolean;
}

const SEVERITIES = new Map<number, Message["severity"]>([
  [LogSeverity.DEBUG, "debug"],
  [LogSeverity.INFO, "info"],
  [LogSeverity.WARNING, "warning"],
  [LogSeverity.ERROR, "error"],
]);

/** The engine service: through it programs and providers talk to the user. */
export function engineService(show: (message: Message) => void): UntypedServiceImplementation {
  let root = "";
  return {
    log: answered((request: LogRequest) => {
      show({
        severity: SEVERITIES.get(request.getSeverity()) ?? "info",
        text: request.getMessage(),
        urn: request.getUrn(),
        ephemeral: request.getEphemeral(),
      });
      return new Empty();
    }),
    getRootResource: answered(() => new GetRootResourceResponse().setUrn(root)),
    setRootResource: answered((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new SetRootResourceResponse();
    }),
    startDebugging: answered(() => {
      throw unsupported("Attaching a debugger");
    }),
    requirePulumiVersion: answered(() => {
      throw unsupported("A program that requires a version of the CLI");
    }),
  };
}
