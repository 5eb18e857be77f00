/** Where a part of a text may be cut: offsets within it, ascending, both ends left out. */
export type Joints = (text: string, start: number, end: number) => number[];

const matched =
  (pattern: RegExp): Joints =>
  (text, start, end) => {
    const found: number[] = [];
    for (const { 0: match, index } of text.slice(start, end).matchAll(pattern)) found.push(start + index + match.length);
    return found.filter((at) => at < end);
  };

const paragraphs = matched(/\n(?:[^\S\n]*\n)+/gu);
const lines = matched(/\n+/gu);
/** The end of a sentence is told by its signs; an abbreviation before a small letter is none. */
const sentences = matched(/[.!?…]+["'”’)\]*_]*\s+(?=[^\s\p{Ll}])|[。！？]+[」』”’）]*\s*/gu);
const words = matched(/\s+/gu);

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

const graphemes: Joints = (text, start, end) => {
  const found: number[] = [];
  for (const { index } of segmenter.segment(text.slice(start, end))) if (index > 0) found.push(start + index);
  return found;
};

/** Any character, where a single one that a reader sees is too long itself. */
const characters = matched(/(?<=[^])(?=[^])/gu);

/** From the best joints to the last resort. */
export const JOINTS: Readonly<Record<"prose" | "lines", readonly Joints[]>> = {
  prose: [paragraphs, sentences, lines, words, graphemes, characters],
  lines: [paragraphs, lines, sentences, words, graphemes, characters],
};

/** Cutting below this takes every joint at once; above it, a coarse cut comes first, which bounds time and memory. */
const COARSE = 1 << 16;
const LEAST = COARSE >> 3;

/**
 * Joints that cut a very long part into ones of at most 64 Ki characters, found by what stands around them and so the
 * same wherever an edit was not near: at a line's end if there is one, or at a space, or between any two characters.
 */
export function coarseJoints(text: string, start: number, end: number): number[] {
  const found: number[] = [];
  for (let from = start; end - from > COARSE; ) {
    from = bestJoint(text, from + LEAST, from + COARSE);
    found.push(from);
  }
  return found;
}

const TERMS = [/\n/u, /\s/u];

/** The joint before which the highest-ranked stretch begins. */
function bestJoint(text: string, from: number, to: number): number {
  const window = text.slice(from, to);
  const term = TERMS.find((sign) => sign.test(window));
  let best = -1;
  let at = from;
  for (let index = from; index < to; index++) {
    if (term ? !term.test(text.charAt(index - 1)) : isLowSurrogate(text, index)) continue;
    const value = rank(text, index, 12);
    if (value > best) [best, at] = [value, index];
  }
  return at;
}

function isLowSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}

/** A number that the next characters alone decide, evenly spread. */
export function rank(text: string, at: number, length: number): number {
  let hash = 0x811c9dc5;
  const end = Math.min(text.length, at + length);
  for (let index = at; index < end; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return Math.imul(hash, 0x297a2d39) >>> 0;
}
