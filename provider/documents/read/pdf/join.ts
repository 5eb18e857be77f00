import type { Line } from "./page.js";

/** Words as they stand within lines, which tell how those are meant that stand across two. */
export interface Vocabulary {
  readonly words: ReadonlySet<string>;
  readonly compounds: ReadonlySet<string>;
}

export function vocabularyOf(lines: Iterable<Line>): Vocabulary {
  const [words, compounds] = [new Set<string>(), new Set<string>()];
  for (const { text } of lines) {
    // The last word of a line may be the first part of one.
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}]+(?:[-‐][\p{L}\p{M}]+)*(?![-‐\u00ad]$)/gu))
      (/[-‐]/u.test(word) ? compounds : words).add(word);
  }
  return { words, compounds };
}

const HYPHENATED = /([\p{L}\p{M}]+)[-‐\u00ad]$/u;
const GOES_ON = /^\p{Ll}[\p{L}\p{M}]*/u;

/** Writing without spaces between words. */
const UNSPACED_END =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}。、！？」』）]$/u;
const UNSPACED_START =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}「『（]/u;

/**
 * Joins a line to the text before it. A word that was split at the line's end becomes one again, a compound stays one.
 */
export function joined(before: string, line: string, { words, compounds }: Vocabulary): string {
  const first = HYPHENATED.exec(before)?.[1];
  const second = GOES_ON.exec(line)?.[0];
  if (first !== undefined && second !== undefined) {
    const [word, compound] = [first + second, `${first}-${second}`].map((text) => text.toLowerCase());
    const isCompound = !before.endsWith("\u00ad") && compounds.has(compound ?? "") && !words.has(word ?? "");
    return (isCompound ? before : before.slice(0, -1)) + line;
  }
  const isUnspaced = UNSPACED_END.test(before) && UNSPACED_START.test(line);
  return before + (isUnspaced || /(?<=[^\s*])[-‐–/_]$/u.test(before) ? "" : " ") + line;
}
