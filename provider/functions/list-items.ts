import { collectionId } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";
import type { GetItemResult } from "./get-item.js";
import { titleOf } from "../ownership/title.js";

/** Whose items to list. */
export interface ListItemsArgs {
  /** The id of the collection. */
  readonly collectionId: string;
}

/** The items of a collection. */
export interface ListItemsResult {
  /** All of them, also those made from files, in the API's order. Their contents take a `getItem` each. */
  readonly items: readonly Omit<GetItemResult, "content">[];
}

/** Lists the items of a collection. */
export const listItems = defineFunction<ListItemsArgs, ListItemsResult>({
  name: "listItems",
  args: { collectionId },
  async run({ client }, args) {
    const items = await client.items.list(args.collectionId);
    return { items: items.map(({ id, description, created }) => ({ id, description: titleOf(description), created })) };
  },
});
