/**
 * The libraries of Pulumi's protocol. They are @pulumi/pulumi's own dependencies and are taken from it: a second copy
 * would not share classes with its stubs.
 */
import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as Anys from "google-protobuf/google/protobuf/any_pb.js";
import type * as Empties from "google-protobuf/google/protobuf/empty_pb.js";
import type * as Structs from "google-protobuf/google/protobuf/struct_pb.js";

export const sdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

export const grpc = sdk("@grpc/grpc-js") as typeof Grpc;
export const { Any } = sdk("google-protobuf/google/protobuf/any_pb.js") as typeof Anys;
export const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb.js") as typeof Empties;
export const { Struct } = sdk("google-protobuf/google/protobuf/struct_pb.js") as typeof Structs;

export type StructMessage = Structs.Struct;
export type { Grpc };

/** A state of many documents travels in one message; the SDK allows 400 MB, too. */
export const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};
