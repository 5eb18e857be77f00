import { z } from "zod";
import { type ApiPromise, withResponse } from "./api-promise.js";
import { parsed, read, refuseHtml } from "./answer.js";
import { requireText } from "./argument.js";
import { FirstOf } from "./first-of.js";
import { UsageError } from "./http/errors.js";
import type { CallOptions, Http } from "./http/index.js";
import { path } from "./http/path.js";
import type { ApiRequest } from "./http/request.js";
import type { Reorder } from "./rerank.js";
import { quoted } from "../text/clean.js";
import { type EmbeddingUsage, embeddingUsage, toEmbeddingUsage } from "./usage.js";

/** An item that a search found. The API gives no description. */
export interface SearchResult {
  readonly id: string;
  /** When the item was added, as the API writes it. */
  readonly created: string;
  readonly content: string;
  /** How well it answers, the higher the better, where `rerank` was asked for; the scale is the model's. */
  readonly score?: number;
}

/** What to search for. */
export interface SearchArgs {
  /** The question, or the text whose meaning is looked for. */
  readonly input: string;
  /**
   * The most results, 1 or more. The API answers with all items of the collection: the rest of its answer is not read.
   * Default: all.
   */
  readonly limit?: number | undefined;
  /**
   * Lets a model put the best results in order and give each a `score`: `true` for one that the API offers today, or
   * the one named. Costs tokens of that model, and one request more; `true` two. Default false.
   */
  readonly rerank?: boolean | { readonly model: string } | undefined;
}

/** What a search brings. */
export interface SearchAnswer {
  /** Best first. */
  readonly results: readonly SearchResult[];
  /** What embedding the input cost. Absent where the answer was cut at `limit` before the API said it. */
  readonly usage?: EmbeddingUsage;
}

/** `client.search`: finds the items of a collection that are closest in meaning to `input`. @throws NotFoundError */
export type Search = (collectionId: string, args: SearchArgs, options?: CallOptions) => ApiPromise<SearchAnswer>;

const wire = z.looseObject({
  results: z.array(z.looseObject({ id: z.string(), created: z.string(), content: z.string() })),
  usage: embeddingUsage,
});
/** Of a body that was not read to its end. */
const beginning = z.looseObject({ ...wire.shape, usage: embeddingUsage.optional() });

/** So many results are put in order at least, so that one that came late can come first. */
const RERANKED = 50;

export function search(http: Http, reorder: Reorder): Search {
  return (collectionId, args, options) =>
    withResponse(async (respond) => {
      const { input, limit = Infinity, rerank = false } = checked(args);
      const request = requestOf(collectionId, input, rerank === false ? limit : Math.max(limit, RERANKED));
      const answer = await http.send(request, options);
      refuseHtml(http, request, answer);
      respond(answer);
      const { results, usage } = resultsIn(request, answer);
      const found = results.map(({ id, created, content }) => ({ id, created, content }));
      const best =
        rerank === false ? found : await reorder(input, found, rerank === true ? undefined : rerank.model, options);
      return { results: best.slice(0, limit), ...(usage !== undefined && { usage: toEmbeddingUsage(usage) }) };
    });
}

function requestOf(collectionId: string, input: string, limit: number): ApiRequest {
  const collection = `collection ${quoted(collectionId)}`;
  return {
    operation: "searchCollection",
    task: `search ${collection}`,
    object: collection,
    collection,
    collectionId,
    method: "POST",
    effect: "safe",
    path: path`/vector_store/${collectionId}/search`,
    json: { input },
    documents: [input],
    ...(limit !== Infinity && { reader: () => new FirstOf("results", limit) }),
  };
}

function resultsIn(
  request: ApiRequest,
  { status, body, reader }: Awaited<ReturnType<Http["send"]>>,
): z.infer<typeof beginning> {
  const first = reader instanceof FirstOf ? reader : undefined;
  const value = parsed(request, status, first === undefined ? body.toString("utf8") : first.text());
  return read(request, status, value, first?.isCut ? beginning : wire);
}

/** @throws UsageError that names the first wrong argument. */
function checked(args: SearchArgs): SearchArgs {
  const operation = "searchCollection";
  const { limit, rerank } = args;
  requireText(operation, "input", args.input);
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
    throw new UsageError(`${operation}: limit must be a whole number, 1 or more.`, { operation });
  }
  const isModel = typeof rerank === "object" && typeof (rerank as { model?: unknown } | null)?.model === "string";
  if (rerank !== undefined && typeof rerank !== "boolean" && !isModel) {
    throw new UsageError(`${operation}: rerank must be true, false or { model }.`, { operation });
  }
  return args;
}
