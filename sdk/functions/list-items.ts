import type * as pulumi from "@pulumi/pulumi";
import type { ListItemsArgs, ListItemsResult } from "../../provider/functions/list-items.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Lists the items of a collection without their contents, also those that no stack manages. Costs nothing and runs in
 * previews, too. Fails where the collection does not exist.
 *
 * @example
 * ```ts
 * import { listItems } from "pulumi-vultr-inference";
 *
 * export const count = listItems({ collectionId: "faq" }).then(({ items }) => items.length);
 * ```
 */
export function listItems(args: ListItemsArgs, options?: FunctionOptions): Promise<ListItemsResult> {
  return call((all) => all.listItems, args, options);
}

/**
 * `listItems` over Inputs: name the items that it shall wait for in `dependsOn`.
 *
 * @example
 * ```ts
 * import { Collection, Item, listItemsOutput } from "pulumi-vultr-inference";
 *
 * const faq = new Collection("faq", { name: "FAQ" });
 * const returns = new Item("returns", { collectionId: faq.id, content: "Send anything back within 30 days." });
 * export const items = listItemsOutput({ collectionId: faq.id }, { dependsOn: returns }).items;
 * ```
 */
export function listItemsOutput(
  args: InputsOf<ListItemsArgs>,
  options?: FunctionOutputOptions,
): pulumi.Output<ListItemsResult> {
  return callOutput((all) => all.listItems, args, options);
}
