import type { Expectation, RetrievalCase } from "./schema.js";

/** A case with its defaults filled in. */
export interface Question {
  readonly query: string;
  readonly expect: readonly Expectation[];
  readonly topK: number;
}

const DEFAULT_TOP_K = 3;

export function questionsOf(cases: readonly RetrievalCase[]): Question[] {
  return cases.map(({ query, expect, topK = DEFAULT_TOP_K }) => ({ query, expect: [expect].flat().map(inOrder), topK }));
}

function inOrder({ document, section, text }: Expectation): Expectation {
  return { document, section, text };
}

/** What is expected, in words: `guide/install.md › Linux, "apt install"`. */
export function wordsOf({ document, section, text }: Expectation): string {
  const place = [document, section].filter((name) => name !== undefined).join(" › ");
  return [place, text === undefined ? "" : `"${text}"`].filter((words) => words !== "").join(", ");
}
