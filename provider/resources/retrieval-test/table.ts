import { clean, shorten } from "../../text/clean.js";
import { isAnswered, mrrOf, recallOf, type Outcome } from "./measure.js";
import { wordsOf } from "./question.js";

/** Longest texts, in characters. */
const QUERY_LENGTH = 60;
const EXPECTED_LENGTH = 80;
const CAME_LENGTH = 50;

/** What a question is called: itself, or where it stands among secret ones. */
export function nameOfQuestion({ question }: Outcome, index: number, confidential: boolean): string {
  return confidential ? `cases[${index}]` : question.query;
}

/** So many lines are shown; of more questions only those that are not answered. */
const MOST_LINES = 20;

/**
 * How the questions were answered: a headline, then a line for each question with what was expected and what came instead.
 *
 * @param confidential - whether no word of the questions may appear.
 */
export function tableOf(outcomes: readonly Outcome[], minRecall: number, confidential: boolean): string {
  const names = outcomes.map((outcome, index) => Array.from(shorten(clean(nameOfQuestion(outcome, index, confidential)), QUERY_LENGTH)));
  const width = Math.max(...names.map(({ length }) => length));
  const lines = outcomes.flatMap((outcome, index) => {
    const name = names[index] ?? [];
    const answered = isAnswered(outcome);
    if (answered && outcomes.length > MOST_LINES) return [];
    const answer = answered ? found(outcome, confidential) : missed(outcome, confidential);
    return [`${answered ? "ok  " : "FAIL"}  ${name.join("")}${" ".repeat(width - name.length)}  ${answer}`];
  });
  return [`${headline(outcomes, minRecall)}${lines.length > 0 ? ":" : ""}`, ...lines].join("\n");
}

/** How many questions are answered, and how well. */
export function headline(outcomes: readonly Outcome[], minRecall: number): string {
  const answered = outcomes.filter(isAnswered).length;
  const shares = `recall ${brief(recallOf(outcomes))}, at least ${brief(minRecall)} is wanted; mean reciprocal rank ${brief(mrrOf(outcomes))}`;
  return `${answered} of ${outcomes.length} questions are answered as expected (${shares})`;
}

/** A share with at most three digits behind the point. Never rounded up: what is not reached must not look so. */
export function brief(share: number): number {
  return Math.floor(share * 1000 + 1e-6) / 1000;
}

function found({ rank, question }: Outcome, confidential: boolean): string {
  return confidential ? `rank ${rank}` : `rank ${rank}: ${expected(question.expect)}`;
}

function missed({ missing, rank = 0, question: { expect, topK }, came }: Outcome, confidential: boolean): string {
  const what = confidential ? `${missing.length} of ${expect.length} missing` : expected(missing);
  const where = rank > topK ? ` came at rank ${rank},` : "";
  const instead = came.length === 0 ? " nothing came" : `${where} instead: ${came.map((name) => shorten(name, CAME_LENGTH)).join(" | ")}`;
  return `expected in top ${topK}: ${what};${instead}`;
}

function expected(expectations: Outcome["missing"]): string {
  return expectations.map((expectation) => shorten(clean(wordsOf(expectation)), EXPECTED_LENGTH)).join(" | ");
}
