import { collectionId, text } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";
import { titleOf } from "../ownership/title.js";

/** Which item to look up. */
export interface GetItemArgs {
  /** The id of the collection that holds the item. */
  readonly collectionId: string;
  /** The item's id within its collection, as searches and lists answer it: `item.itemId`. */
  readonly itemId: string;
}

/** An item as it is now. */
export interface GetItemResult {
  /** The id within the collection. */
  readonly id: string;
  /** The text that searches find. */
  readonly content: string;
  /**
   * The title, without the tag by which a stack finds its items again. Where none was given: the content's beginning.
   */
  readonly description: string;
  /** When the item was added, as the API says it: ISO 8601. */
  readonly created: string;
}

/** Looks up an item with its content. */
export const getItem = defineFunction<GetItemArgs, GetItemResult>({
  name: "getItem",
  args: { collectionId, itemId: text("the id of an item") },
  async run({ client }, args) {
    const { id, content, description, created } = await client.items.get(args.collectionId, args.itemId);
    return { id, content, description: titleOf(description), created };
  },
});
