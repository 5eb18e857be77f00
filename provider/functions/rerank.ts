import type { RerankAnswer } from "../client/index.js";
import { listOf, text, wholeNumberFrom } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** Which texts to put in order. */
export interface RerankArgs {
  /** The question that they shall answer. */
  readonly query: string;
  /** The texts, about 1 MB together. At least one. */
  readonly documents: readonly string[];
  /** The model's id. Default: the first that the API offers today whose name says that it is for this. */
  readonly model?: string | undefined;
  /** The most results, 1 to 100. Default: the API's. */
  readonly topN?: number | undefined;
}

/** Texts in the order of how well they answer, each by its place among the documents. */
export type RerankResult = RerankAnswer;

/** Puts texts in the order of how well they answer a question. */
export const rerank = defineFunction<RerankArgs, RerankResult>({
  name: "rerank",
  args: {
    query: text("the question"),
    documents: listOf(text("a text"), "a list with at least one text", 1),
    model: text("the id of a model, as listModels lists it").optional(),
    topN: wholeNumberFrom(1, 100).optional(),
  },
  run: ({ client }, args) => client.rerank(args),
});
