import type * as pulumi from "@pulumi/pulumi";
import type { GetItemArgs, GetItemResult } from "../../provider/functions/get-item.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Looks up an item with its content. Costs nothing and runs in previews, too. Fails where the collection or the item
 * does not exist.
 *
 * @example
 * ```ts
 * import { getItem, search } from "pulumi-vultr-inference";
 *
 * const collectionId = "faq";
 * export const title = search({ collectionId, input: "refunds" })
 *   .then(({ results: [best] }) => getItem({ collectionId, itemId: best?.id ?? "" }))
 *   .then(({ description }) => description);
 * ```
 */
export function getItem(args: GetItemArgs, options?: FunctionOptions): Promise<GetItemResult> {
  return call((all) => all.getItem, args, options);
}

/**
 * `getItem` over Inputs.
 *
 * @example
 * ```ts
 * import { Collection, getItemOutput, Item } from "pulumi-vultr-inference";
 *
 * const faq = new Collection("faq", { name: "FAQ" });
 * const returns = new Item("returns", { collectionId: faq.id, content: "Send anything back within 30 days." });
 * export const title = getItemOutput({ collectionId: faq.id, itemId: returns.itemId }).description;
 * ```
 */
export function getItemOutput(
  args: InputsOf<GetItemArgs>,
  options?: FunctionOutputOptions,
): pulumi.Output<GetItemResult> {
  return callOutput((all) => all.getItem, args, options);
}
