import type * as pulumi from "@pulumi/pulumi";
import type { GetCollectionArgs, GetCollectionResult } from "../../provider/functions/get-collection.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Looks up a collection by its id. Costs nothing and runs in previews, too. Fails where it does not exist.
 *
 * @example
 * ```ts
 * import { getCollection } from "pulumi-vultr-inference";
 *
 * export const title = getCollection({ collectionId: "faq" }).then(({ name }) => name);
 * ```
 */
export function getCollection(args: GetCollectionArgs, options?: FunctionOptions): Promise<GetCollectionResult> {
  return call((all) => all.getCollection, args, options);
}

/**
 * `getCollection` over Inputs.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { getCollectionOutput } from "pulumi-vultr-inference";
 *
 * const other = new pulumi.StackReference("organization/shop/prod");
 * export const title = getCollectionOutput({ collectionId: other.requireOutput("collectionId") }).name;
 * ```
 */
export function getCollectionOutput(
  args: InputsOf<GetCollectionArgs>,
  options?: FunctionOutputOptions,
): pulumi.Output<GetCollectionResult> {
  return callOutput((all) => all.getCollection, args, options);
}
