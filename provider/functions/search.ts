import { collectionId, text } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** What to search for, and where. */
export interface SearchArgs {
  /** The id of the collection to search: `collection.id`. */
  readonly collectionId: string;
  /** The question or text whose meaning is looked for. Not empty, at most about 512 tokens. */
  readonly input: string;
}

/** One item that was found. */
export interface SearchHit {
  /** The id of the item within its collection. */
  readonly id: string;
  /** The item's text. */
  readonly content: string;
  /** When the item was added, as the API says it: ISO 8601. */
  readonly created: string;
}

/** What a search found. */
export interface SearchResult {
  /** The closest items, best first; the API gives no score, and at most about ten. */
  readonly results: readonly SearchHit[];
  /** Tokens that embedding the question cost. */
  readonly tokens: number;
}

/** Asks a collection for the items closest in meaning. */
export const search = defineFunction<SearchArgs, SearchResult>({
  name: "search",
  args: { collectionId, input: text("the text to search for") },
  async run({ client }, args) {
    const { results, usage } = await client.search(args.collectionId, { input: args.input });
    return { results, tokens: usage.totalTokens };
  },
});
