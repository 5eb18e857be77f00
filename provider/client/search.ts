import { z } from "zod";
import { ask } from "./answer.js";
import { requireText } from "./argument.js";
import type { CallOptions, Http } from "./http/index.js";
import { path } from "./http/path.js";
import { quoted } from "../text/clean.js";
import { type EmbeddingUsage, embeddingUsage, toEmbeddingUsage } from "./usage.js";

/** An item that a search found. The API gives no score and no description. */
export interface SearchResult {
  readonly id: string;
  /** When the item was added, as the API writes it. */
  readonly created: string;
  readonly content: string;
}

/** What a search brings. */
export interface SearchAnswer {
  /** Best first; assumed to be at most 10. */
  readonly results: readonly SearchResult[];
  readonly usage: EmbeddingUsage;
}

/** `client.search`: finds the items of a collection that are closest in meaning to `input`. @throws NotFoundError */
export type Search = (collectionId: string, args: { readonly input: string }, options?: CallOptions) => Promise<SearchAnswer>;

const wire = z.looseObject({
  results: z.array(z.looseObject({ id: z.string(), created: z.string(), content: z.string() })),
  usage: embeddingUsage,
});

export function search(http: Http): Search {
  return async (collectionId, { input }, options) => {
    const object = `collection ${quoted(collectionId)}`;
    const json = { input: requireText("searchCollection", "input", input) };
    const url = path`/vector_store/${collectionId}/search`;
    const request = { operation: "searchCollection", task: `search ${object}`, object, path: url, json, documents: [input] };
    const answer = await ask(http, { ...request, method: "POST", effect: "safe" }, wire, options);
    const results = answer.results.map(({ id, created, content }) => ({ id, created, content }));
    return { results, usage: toEmbeddingUsage(answer.usage) };
  };
}
