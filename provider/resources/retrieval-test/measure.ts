import { meets, nameOf, type Hit } from "./hit.js";
import type { Question } from "./question.js";
import type { Expectation } from "./schema.js";

/** How a question was answered. */
export interface Outcome {
  readonly question: Question;
  /** What was expected and is not among the first results. */
  readonly missing: readonly Expectation[];
  /** The share of what was expected that is among the first results. */
  readonly recall: number;
  /** The rank of the first result that was expected, from 1. */
  readonly rank?: number | undefined;
  /** What the first results are called. */
  readonly came: readonly string[];
}

export function judge(question: Question, hits: readonly Hit[]): Outcome {
  const { expect, topK } = question;
  const ranks = expect.map((expectation) => hits.findIndex((hit) => meets(expectation, hit)) + 1);
  const isFound = (rank = 0): boolean => rank > 0 && rank <= topK;
  const [rank] = ranks.filter((found) => found > 0).sort((a, b) => a - b);
  return {
    question,
    missing: expect.filter((_, index) => !isFound(ranks[index])),
    recall: ranks.filter(isFound).length / ranks.length,
    rank,
    came: hits.slice(0, topK).map(nameOf),
  };
}

/** Whether everything expected is among the first results. */
export function isAnswered({ missing }: Outcome): boolean {
  return missing.length === 0;
}

/** The mean of the questions' recall. */
export function recallOf(outcomes: readonly Outcome[]): number {
  return mean(outcomes.map(({ recall }) => recall));
}

/** The mean reciprocal rank of the first results that were expected. */
export function mrrOf(outcomes: readonly Outcome[]): number {
  return mean(outcomes.map(({ rank }) => (rank === undefined ? 0 : 1 / rank)));
}

/** Sums of fractions miss a round number by less than this. */
const ROUNDING = 1e-9;

/** Whether enough was found. */
export function isEnough(outcomes: readonly Outcome[], minRecall: number): boolean {
  return recallOf(outcomes) >= minRecall - ROUNDING;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
