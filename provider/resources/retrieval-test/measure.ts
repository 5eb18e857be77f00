import { toldId } from "../../client/http/path.js";
import { documentKey } from "../../ownership/tag.js";
import { BETWEEN, labelOf, type Label } from "../../ownership/title.js";
import { clean, oneLine, shorten } from "../../text/clean.js";
import type { Expectation, Question } from "./schema.js";

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
  /** The descriptions of all items of the collection. */
  readonly descriptions: readonly string[];
}

export function judge(question: Question, hits: readonly Hit[], descriptions: readonly string[] = []): Outcome {
  const { expect, topK } = question;
  const ranks = expect.map((expectation) => hits.findIndex((hit) => meets(expectation, hit)) + 1);
  const isFound = (rank = 0): boolean => rank > 0 && rank <= topK;
  const [rank] = ranks.filter((found) => found > 0).sort((a, b) => a - b);
  return {
    question,
    missing: expect.filter((_, index) => !isFound(ranks[index])),
    descriptions,
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

/** A result of a search, with the description that the list of items has of it. */
export interface Hit {
  readonly id: string;
  readonly content: string;
  /** Empty where the list does not have the item. */
  readonly description: string;
  /** Whether it may be made of a secret file, which only a tag of another resource rules out. Default: false. */
  readonly mayBeSecret?: boolean;
}

/** Whether a result is what is expected, in all parts that are given. */
export function meets({ document, section, text }: Expectation, { content, description }: Hit): boolean {
  return (
    (document === undefined || isOf(document, read(description))) &&
    (section === undefined || isUnder(section, read(description))) &&
    (text === undefined || folded(content).includes(folded(text)))
  );
}

const TITLE_LENGTH = 80;

/**
 * What a result is called. A title that is only the beginning of the content counts as none: contents are neither
 * stored nor shown; and the title of something secret is neither.
 */
export function nameOf({ id, content, description, mayBeSecret = false }: Hit): string {
  const label = read(description);
  const isHidden = label.isSecret || (mayBeSecret && !label.isTagged);
  const isNamed = !isHidden && label.title !== "" && !isMadeOf(content, label);
  return isNamed ? shorten(clean(label.title), TITLE_LENGTH) : `item ${toldId(id)}`;
}

function read(description: string): Label {
  const label = labelOf(description);
  return { ...label, title: oneLine(label.title) };
}

/**
 * Whether a title was not declared, but made of the content: by this provider, whole or with a sign that it was cut, or
 * by the API.
 */
function isMadeOf(content: string, { title, document, isTagged }: Label): boolean {
  if (document !== undefined) return false;
  const beginning = title.replace(/ ?…$/u, "");
  return isTagged && beginning === title ? oneLine(content) === title : oneLine(content).startsWith(beginning);
}

function isOf(name: string, { title, document }: Label): boolean {
  const wanted = composed(name);
  if (document !== undefined && [name, wanted].some((either) => documentKey(either) === document)) return true;
  return [title, title.split(BETWEEN)[0] ?? ""].some((known) => composed(known) === wanted);
}

/**
 * Whether the headings of a title have the wanted ones, each right below the other. What a chunk's title begins with is
 * no heading.
 */
function isUnder(section: string, { title, document }: Label): boolean {
  const headings = document === undefined ? title : title.split(BETWEEN).slice(1).join(BETWEEN);
  const edged = (path: string): string =>
    `\n${folded(path)
      .split(/ [›>] /u)
      .join("\n")}\n`;
  return edged(headings).includes(edged(section));
}

/** On one line, and in the one form in which Unicode composes it. */
function composed(text: string): string {
  return oneLine(text.normalize("NFC"));
}

function folded(text: string): string {
  return composed(text).toLowerCase();
}

/** Longest texts, in characters. */
const QUERY_LENGTH = 60;
const EXPECTED_LENGTH = 80;

/** What a question is called: itself, or where it stands among secret ones. */
export function nameOfQuestion({ question }: Outcome, index: number, confidential: boolean): string {
  return confidential ? `cases[${index}]` : question.query;
}

/** So many lines are shown; of more questions only those that are not answered. */
const MOST_LINES = 20;

/**
 * How the questions were answered: a headline, then a line for each question with what was expected and what came
 * instead.
 *
 * @param confidential - whether no word of the questions may appear.
 */
export function tableOf(outcomes: readonly Outcome[], minRecall: number, confidential: boolean): string {
  const nameIn = (outcome: Outcome, index: number): string => clean(nameOfQuestion(outcome, index, confidential));
  const names = outcomes.map((outcome, index) => Array.from(shorten(nameIn(outcome, index), QUERY_LENGTH)));
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
  const recall = `recall ${brief(recallOf(outcomes))}, at least ${brief(minRecall)} is wanted`;
  const rank = `mean reciprocal rank ${brief(mrrOf(outcomes))}`;
  return `${answered} of ${outcomes.length} questions are answered as expected (${recall}; ${rank})`;
}

/** A share with at most three digits behind the point. Never rounded up: what is not reached must not look so. */
export function brief(share: number): number {
  return Math.floor(share * 1000 + 1e-6) / 1000;
}

function found({ rank, question }: Outcome, confidential: boolean): string {
  return confidential ? `rank ${rank}` : `rank ${rank}: ${expected(question.expect)}`;
}

function missed(outcome: Outcome, confidential: boolean): string {
  const { missing, rank = 0, question, came } = outcome;
  const { expect, topK } = question;
  const what = confidential ? `${missing.length} of ${expect.length} missing` : expected(missing);
  const late = rank > topK ? ` came at rank ${rank},` : "";
  const where = rank === 0 && !isAnyNamed(outcome) ? " no item is called so," : late;
  const instead = came.length === 0 ? " nothing came" : `${where} instead: ${came.join(" | ")}`;
  return `expected in top ${topK}: ${what};${instead}`;
}

/** Whether an item is of a document that is missing, and under its heading, whatever its content. */
function isAnyNamed({ missing, descriptions }: Outcome): boolean {
  const places = missing.map(({ document, section }) => ({ document, section }));
  return descriptions.some((description) => places.some((place) => meets(place, { id: "", content: "", description })));
}

function expected(expectations: Outcome["missing"]): string {
  return expectations.map((expectation) => shorten(clean(wordsOf(expectation)), EXPECTED_LENGTH)).join(" | ");
}

/** What is expected, in words: `guide/install.md › Linux, "apt install"`. */
export function wordsOf({ document, section, text }: Expectation): string {
  const place = [document, section].filter((name) => name !== undefined).join(" › ");
  return [place, text === undefined ? "" : `"${text}"`].filter((words) => words !== "").join(", ");
}
