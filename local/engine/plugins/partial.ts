import type { ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import { fromStruct } from "../protocol/pulumi.js";
import type { Properties } from "../values/properties.js";

/** A create or update that made something and then failed: the object exists and is kept in the state. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";

  constructor(
    readonly id: string,
    readonly outputs: Properties,
    readonly reasons: readonly string[],
    message: string,
  ) {
    super(message);
  }
}

/** Reads a partial failure out of a provider's error, where it is one. */
export function partialFailure(error: ServiceError): PartialFailure | undefined {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  if (!(bytes instanceof Buffer)) return undefined;
  const status = Status.deserializeBinary(bytes);
  const detail = status
    .getDetailsList()
    .map((any) =>
      any.unpack((data) => ErrorResourceInitFailed.deserializeBinary(data), "pulumirpc.ErrorResourceInitFailed"),
    )
    .find((found) => found !== null);
  if (detail === undefined) return undefined;
  return new PartialFailure(detail.getId(), fromStruct(detail.getProperties()), detail.getReasonsList(), error.details);
}
