import { z } from "zod";
import type { ApiPromise } from "./api-promise.js";
import { ask } from "./answer.js";
import { requireText } from "./argument.js";
import { listed, RERANKER } from "./find-model.js";
import { UsageError } from "./http/errors.js";
import type { CallOptions, Http } from "./http/index.js";
import type { ApiRequest } from "./http/request.js";
import type { Models } from "./models.js";
import { quoted } from "../text/clean.js";

/** Which texts to put in order. */
export interface RerankArgs {
  /** The question that they shall answer. */
  readonly query: string;
  /** The texts, about 1 MB together. At least one. */
  readonly documents: readonly string[];
  /** Default: the first that the API offers today whose name says that it is for this. */
  readonly model?: string | undefined;
  /** The most results, 1 to 100. Default: the API's. */
  readonly topN?: number | undefined;
}

/** Where a text came in the order. */
export interface Ranked {
  /** Its place among the documents that were given, from 0. */
  readonly index: number;
  /** How well it answers, the higher the better; the scale is the model's. */
  readonly score: number;
}

/** Texts in the order of how well they answer. */
export interface RerankAnswer {
  /** Best first. */
  readonly results: readonly Ranked[];
  /** The model that was asked. */
  readonly model: string;
}

/**
 * `client.rerank`: puts texts in the order of how well they answer a question.
 *
 * @throws NotFoundError on a service without it
 */
export type Rerank = (args: RerankArgs, options?: CallOptions) => ApiPromise<RerankAnswer>;

/** Puts results of a search in order, the best first. */
export type Reorder = <Found extends { readonly content: string }>(
  query: string,
  found: readonly Found[],
  model: string | undefined,
  options?: CallOptions,
) => Promise<readonly (Found & { readonly score?: number })[]>;

const wire = z.looseObject({
  results: z.array(z.looseObject({ index: z.number().int().nonnegative(), relevance_score: z.number() })),
});

/** The API takes about 1 MB; the rest of the body needs a little of it. */
const MOST_BYTES = 1_000_000;
/** The API ranks so many at most. */
const MOST_RESULTS = 100;

export function rerank(http: Http, models: Models): Rerank {
  return (args, options) =>
    ask(http, options, async () => {
      const checked = requestOf(args);
      const model = args.model ?? (await rerankerIn(models, options));
      return {
        request: { ...checked, object: `model ${quoted(model)}`, json: { model, ...checked.json } },
        shape: wire,
        result: ({ results }) => ({ results: ranked(results, args.documents.length), model }),
      };
    });
}

/**
 * What a search puts its results in order with: as many of the best as the API takes; those behind them stay as they
 * were.
 */
export function reorder(ask: Rerank): Reorder {
  return async (query, found, model, options) => {
    const documents = withinBytes(found.slice(0, MOST_RESULTS).map(({ content }) => content));
    if (documents.length === 0) return found;
    const { results } = await ask(
      { query, documents, model, topN: documents.length },
      { ...options, extraBody: undefined },
    );
    const scores = new Map(results.map(({ index, score }) => [found[index], score]));
    const inOrder = [...scores].flatMap(([hit, score]) => (hit === undefined ? [] : [{ ...hit, score }]));
    return [...inOrder, ...found.filter((hit) => !scores.has(hit))];
  };
}

const operation = "rerankDocuments";

function requestOf({ query, documents, topN, model }: RerankArgs): ApiRequest & { readonly json: object } {
  const wrong = (problem: string): UsageError => new UsageError(`${operation}: ${problem}.`, { operation });
  requireText(operation, "query", query);
  if (model !== undefined) requireText(operation, "model", model);
  const given: unknown = documents;
  if (!Array.isArray(given) || given.length === 0 || given.some((text) => typeof text !== "string")) {
    throw wrong("documents must be a list with at least one text");
  }
  if (topN !== undefined && !(Number.isInteger(topN) && topN >= 1 && topN <= MOST_RESULTS))
    throw wrong(`topN must be a whole number from 1 to ${MOST_RESULTS}`);
  const bytes = documents.reduce((sum, text) => sum + Buffer.byteLength(text), Buffer.byteLength(query));
  if (bytes > MOST_BYTES)
    throw wrong(`documents are too long: ${bytes} bytes together, and the API takes about ${MOST_BYTES}`);
  return {
    operation,
    task: "put documents in order",
    method: "POST",
    effect: "safe",
    path: "/rerank",
    mayBeMissing: "search without rerank, or name another model",
    json: { query, documents, top_n: topN, return_documents: false },
    documents: [query, ...documents],
  };
}

function ranked(
  results: readonly { readonly index: number; readonly relevance_score: number }[],
  length: number,
): Ranked[] {
  const known = results.filter(({ index }) => index < length);
  return known.map(({ index, relevance_score: score }) => ({ index, score })).sort((a, b) => b.score - a.score);
}

/** As many of the first texts as the API takes together, with room for a question. */
function withinBytes(texts: readonly string[]): string[] {
  let left = MOST_BYTES - 10_000;
  return texts.filter((text) => (left -= Buffer.byteLength(text)) >= 0);
}

/** @throws UsageError where the API lists no model for it. */
async function rerankerIn(models: Models, options: CallOptions | undefined): Promise<string> {
  const all = await models.list({ ...options, extraBody: undefined });
  const found = all.find(({ id, isReady }) => isReady !== false && RERANKER.test(id));
  if (found !== undefined) return found.id;
  const what = all.length === 0 ? "is none at all" : `are ${listed(all)}`;
  throw new UsageError(
    `${operation}: no available model is named as one that puts documents in order. There ${what}; name one as model.`,
    { operation },
  );
}
