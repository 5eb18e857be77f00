import { sentences } from "./sentences.js";

/** Where a part of a text may be split: offsets within it, ascending, both ends left out. */
export type Separators = (text: string, start: number, end: number) => number[];

const behind =
  (pattern: RegExp): Separators =>
  (text, start, end) => {
    const found: number[] = [];
    for (const { 0: match, index } of text.slice(start, end).matchAll(pattern))
      found.push(start + index + match.length);
    return found.filter((at) => at < end);
  };

const paragraphs = behind(/\n(?:[^\S\n]*\n)+/gu);
/** Between the parts of a sentence, or the entries of a list that is written in a line. */
const clauses = behind(/[,;:]\s+|[，；：、]/gu);
const plainLines = behind(/\n+/gu);

/** What ends a block rather than begins something: brackets, `end`, a fence. */
const CLOSER = /^[ \t>]*(?:[)\]}]|<\/|end\b|`{3,}[ \t]*$|~{3,}[ \t]*$)/u;
const INDENT = /[ \t]/u;

const opening =
  (separators: Separators): Separators =>
  (text, start, end) =>
    separators(text, start, end).filter((at) => !CLOSER.test(lineAt(text, at)));

function lineAt(text: string, at: number): string {
  const line = text.slice(at, at + 80);
  const newline = line.indexOf("\n");
  return newline < 0 ? line : line.slice(0, newline);
}

export const lines = opening(plainLines);

const outer =
  (separators: Separators): Separators =>
  (text, start, end) =>
    separators(text, start, end).filter((at) => !INDENT.test(text.charAt(at)));

export const words = behind(/\s+/gu);

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Latin, Chinese and Japanese characters, each of which is one to the reader, too, beside another of them. */
const ALONE: readonly (readonly [first: number, last: number])[] = [
  [0x0a, 0x0a],
  [0x20, 0x7e],
  [0xc0, 0x2af],
  [0x3001, 0x3029],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xff01, 0xff60],
];
const IS_ALONE = new Uint8Array(0x10000);
for (const [first, last] of ALONE) IS_ALONE.fill(1, first, last + 1);

/** The segmenter takes microseconds a character, so it is asked about those alone that can be part of another. */
const graphemes: Separators = (text, start, end) => {
  const found: number[] = [];
  for (let at = start + 1; at < end; at++) {
    if (isAlone(text, at - 1) && isAlone(text, at)) {
      found.push(at);
      continue;
    }
    const from = at - 1;
    while (at < end && !(isAlone(text, at - 1) && isAlone(text, at))) at++;
    for (const { index } of segmenter.segment(text.slice(from, at))) if (index > 0) found.push(from + index);
    if (at < end) found.push(at);
  }
  return found;
};

const isAlone = (text: string, at: number): boolean => IS_ALONE[text.charCodeAt(at)] === 1;

/** For what is one character to a reader and too long nevertheless. */
const codePoints: Separators = (text, start, end) => {
  const found: number[] = [];
  for (let at = start + 1; at < end; at++) if (!isLowSurrogate(text, at)) found.push(at);
  return found;
};

/** From the best separators to the last resort. */
export const LADDERS: Readonly<Record<"prose" | "lines", readonly Separators[]>> = {
  prose: [paragraphs, sentences, plainLines, clauses, words, graphemes, codePoints],
  lines: [outer(opening(paragraphs)), outer(lines), opening(paragraphs), lines, words, graphemes, codePoints],
};

/**
 * The first step of a separator hierarchy that splits through what is said: only what does not fit otherwise is split
 * there.
 */
export const HARD: Readonly<Record<"prose" | "lines", number>> = { prose: 2, lines: 4 };

/**
 * The longest part to which a separator hierarchy is put, in characters: it bounds time and memory whatever the text.
 */
const COARSE = 1 << 15;

/**
 * Splits what is longer than a separator hierarchy may be put to. As what stands there decides, the splits far from an
 * edit stay; at a line's end where there is one, or else at white space, or anywhere.
 */
export function coarseSeparators(text: string, start: number, end: number): number[] {
  const found: number[] = [];
  for (let from = start; end - from > COARSE; ) {
    from = bestOf(text, from + COARSE / 4, from + COARSE);
    found.push(from);
  }
  return found;
}

function bestOf(text: string, from: number, to: number): number {
  const newline = text.indexOf("\n", from);
  const byLine = newline >= 0 && newline < to - 1;
  const bySpace = byLine || /\s\S/u.test(text.slice(from, to));
  let [best, top] = [isLowSurrogate(text, from) ? from + 1 : from, -1];
  for (let at = from + 1; at < to; at++) {
    const before = text.charCodeAt(at - 1);
    if (byLine ? before !== 10 : bySpace ? before > 32 : isLowSurrogate(text, at)) continue;
    const value = rank(text, at, 8);
    if (value > top) [best, top] = [at, value];
  }
  return best;
}

function isLowSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}

// Test runners make looking up a global slow.
const { imul, min } = Math;

/** A whole number below 2^32 that the next characters alone decide. */
export function rank(text: string, at: number, length: number): number {
  let hash = 0x811c9dc5;
  const end = min(text.length, at + length);
  for (let index = at; index < end; index++) hash = imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
