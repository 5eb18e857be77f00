/**
 * The protocol's libraries. They are @pulumi/pulumi's own dependencies and are resolved through it: a second copy would
 * not share classes with its stubs, and under isolated installs there is none at the top.
 */
import type * as Grpc from "@grpc/grpc-js";
import type * as EmptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import type * as StructMessages from "google-protobuf/google/protobuf/struct_pb.js";
import { createRequire } from "node:module";
import type { Properties } from "../values/properties.js";

const requireFromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

export const grpc = requireFromSdk("@grpc/grpc-js") as typeof Grpc;
export const { Struct } = requireFromSdk("google-protobuf/google/protobuf/struct_pb.js") as typeof StructMessages;
export const { Empty } = requireFromSdk("google-protobuf/google/protobuf/empty_pb.js") as typeof EmptyMessages;

export type StructMessage = StructMessages.Struct;

/** Whole states travel in one message; the SDK allows 400 MB too. */
export const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

export const toStruct = (properties: Properties): StructMessage => Struct.fromJavaScript(properties);

export const fromStruct = (message: StructMessage | undefined): Properties =>
  message === undefined ? {} : message.toJavaScript();

/** Calls as a promise. */
export function called<Request, Reply>(
  method: (request: Request, callback: (error: Grpc.ServiceError | null, reply: Reply) => void) => Grpc.ClientUnaryCall,
  request: Request,
): Promise<Reply> {
  return new Promise((done, failed) => {
    method(request, (error, reply) => (error === null ? done(reply) : failed(error)));
  });
}

/** A handler of a service's method, from a function that answers with a promise. */
export function answered<Request, Reply>(
  answer: (request: Request) => Promise<Reply> | Reply,
): Grpc.handleUnaryCall<Request, Reply> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (reply) => callback(null, reply),
        (error: unknown) => {
          const known = error as Partial<Grpc.ServiceError>;
          callback({ code: known.code ?? grpc.status.UNKNOWN, details: known.message ?? String(error) });
        },
      );
  };
}
