import type * as pulumi from "@pulumi/pulumi";
import type { FindCollectionByNameArgs } from "../../provider/functions/find-collection-by-name.js";
import type { GetCollectionResult } from "../../provider/functions/get-collection.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Finds the one collection that has a name. Names are no keys: where none or several have it, it fails and lists what
 * there is. Costs nothing and runs in previews, too.
 *
 * @example
 * ```ts
 * import { findCollectionByName } from "pulumi-vultr-inference";
 *
 * export const collectionId = findCollectionByName({ name: "FAQ" }).then(({ id }) => id);
 * ```
 */
export function findCollectionByName(
  args: FindCollectionByNameArgs,
  options?: FunctionOptions,
): Promise<GetCollectionResult> {
  return call((all) => all.findCollectionByName, args, options);
}

/**
 * `findCollectionByName` over Inputs.
 *
 * @example
 * ```ts
 * import { findCollectionByNameOutput, Item } from "pulumi-vultr-inference";
 *
 * const faq = findCollectionByNameOutput({ name: "FAQ" });
 * new Item("returns", { collectionId: faq.id, content: "Send anything back within 30 days." });
 * ```
 */
export function findCollectionByNameOutput(
  args: InputsOf<FindCollectionByNameArgs>,
  options?: FunctionOutputOptions,
): pulumi.Output<GetCollectionResult> {
  return callOutput((all) => all.findCollectionByName, args, options);
}
