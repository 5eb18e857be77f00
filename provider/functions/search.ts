import { z } from "zod";
import { collectionId, mustSay, text, wholeNumberFrom } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** What to search for, and where. */
export interface SearchArgs {
  /** The id of the collection to search: `collection.id`. */
  readonly collectionId: string;
  /** The question or text whose meaning is looked for. Not empty, at most about 512 tokens. */
  readonly input: string;
  /** The most results, 1 or more. Default: all that the API answers, which can be all items of the collection. */
  readonly limit?: number | undefined;
  /**
   * Lets a model put the best results in order and give each a `score`: `true` for one that the API offers today, or
   * `{ model }`. Costs tokens of that model. Default false.
   */
  readonly rerank?: boolean | { readonly model: string } | undefined;
}

/** One item that was found. */
export interface SearchHit {
  /** The id of the item within its collection. */
  readonly id: string;
  /** The item's text. */
  readonly content: string;
  /** When the item was added, as the API says it: ISO 8601. */
  readonly created: string;
  /** How well it answers, the higher the better, where `rerank` was asked for; the scale is the model's. */
  readonly score?: number | undefined;
}

/** What a search found. */
export interface SearchResult {
  /** The closest items, best first. The API gives no score: `rerank` does. */
  readonly results: readonly SearchHit[];
  /**
   * Tokens that embedding the question cost. Not there where a large answer was cut at `limit` before the API said it.
   */
  readonly tokens?: number | undefined;
}

/** How `limit` and `rerank` are checked. */
export const howToSearch = {
  limit: wholeNumberFrom(1).optional(),
  rerank: z
    .union([z.boolean(), z.strictObject({ model: z.string().min(1) })], { error: mustSay("true, false or { model }") })
    .optional(),
};

/** Asks a collection for the items closest in meaning. */
export const search = defineFunction<SearchArgs, SearchResult>({
  name: "search",
  args: { collectionId, input: text("the text to search for"), ...howToSearch },
  async run({ client }, { collectionId: id, ...args }) {
    const { results, usage } = await client.search(id, args);
    return { results, ...(usage !== undefined && { tokens: usage.totalTokens }) };
  },
});
