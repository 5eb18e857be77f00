import type { Context } from "../lifecycle.js";

/** What to search for, and where. */
export interface SearchArgs {
  /** The id of the collection to search. */
  readonly collectionId: string;
  /** The question or text whose meaning is looked for. Not empty. */
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
export async function search({ client }: Context, { collectionId, input }: SearchArgs): Promise<SearchResult> {
  if (typeof input !== "string" || input.trim() === "") throw new Error("search: input must be the text to search for, but is empty.");
  if (typeof collectionId !== "string" || collectionId === "") throw new Error("search: collectionId must be the id of a collection, but is empty.");
  const { results, usage } = await client.search(collectionId, { input });
  return { results: results.map(({ id, content, created }) => ({ id, content, created })), tokens: usage.totalTokens };
}
