import type { Expectation, RetrievalCase } from "./schema.js";

/** A case with its defaults filled in. */
export interface Question {
  readonly query: string;
  readonly expect: readonly Expectation[];
  readonly within: number;
}

const DEFAULT_WITHIN = 3;

export function questionsOf(cases: readonly RetrievalCase[]): Question[] {
  return cases.map(({ query, expect, within = DEFAULT_WITHIN }) => ({ query, expect: [expect].flat().map(inOrder), within }));
}

function inOrder({ document, section, text }: Expectation): Expectation {
  return { document, section, text };
}

/** What is expected, in words: `guide/install.md › Linux, "apt install"`. */
export function wordsOf({ document, section, text }: Expectation): string {
  const place = [document, section].filter((name) => name !== undefined).join(" › ");
  return [place, text === undefined ? "" : `"${text}"`].filter((words) => words !== "").join(", ");
}
