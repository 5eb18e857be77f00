import type * as pulumi from "@pulumi/pulumi";
import type { ListCollectionsArgs, ListCollectionsResult } from "../../provider/functions/list-collections.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Lists the collections of the account, also those that no stack manages. Costs nothing and runs in previews, too.
 *
 * @example
 * ```ts
 * import { listCollections } from "pulumi-vultr-inference";
 *
 * export const names = listCollections().then(({ collections }) => collections.map(({ name }) => name));
 * ```
 */
export function listCollections(
  args: ListCollectionsArgs = {},
  options?: FunctionOptions,
): Promise<ListCollectionsResult> {
  return call((all) => all.listCollections, args, options);
}

/**
 * `listCollections` as an Output: name what it shall wait for in `dependsOn`.
 *
 * @example
 * ```ts
 * import { Collection, listCollectionsOutput } from "pulumi-vultr-inference";
 *
 * const faq = new Collection("faq", { name: "FAQ" });
 * export const collections = listCollectionsOutput({}, { dependsOn: faq }).collections;
 * ```
 */
export function listCollectionsOutput(
  args: InputsOf<ListCollectionsArgs> = {},
  options?: FunctionOutputOptions,
): pulumi.Output<ListCollectionsResult> {
  return callOutput((all) => all.listCollections, args, options);
}
