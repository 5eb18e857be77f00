import { defineFunction } from "./function.js";
import type { GetCollectionResult } from "./get-collection.js";

/** `listCollections` takes no arguments. */
export type ListCollectionsArgs = Readonly<Record<string, never>>;

/** The collections of the inference subscription. */
export interface ListCollectionsResult {
  /** All of them, in the API's order. */
  readonly collections: readonly GetCollectionResult[];
}

/** Lists the collections of the account. */
export const listCollections = defineFunction<ListCollectionsArgs, ListCollectionsResult>({
  name: "listCollections",
  args: {},
  run: async ({ client }) => ({ collections: await client.collections.list() }),
});
