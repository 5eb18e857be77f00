import { isAbbreviated } from "./abbreviations.js";

/**
 * What ends a sentence. A white space and no small letter must follow the signs that Latin, Greek and Cyrillic writing
 * have; in Greek a semicolon asks. The others, among them those of Indic, Arabic, Ethiopic and East Asian writing,
 * always end one.
 */
const CLOSING = String.raw`["'”’»)\]}*_~\x60」』】）》〉｣]*(?:\s»)?(?:\[\d{1,3}\])*`;
const END = new RegExp(
  [
    String.raw`(?<![.!?…‼⁇⁈⁉‽])[.!?…‼⁇⁈⁉‽]+${CLOSING}\s+(?=[^\s\p{Ll}])`,
    String.raw`(?<=\p{Script=Greek});${CLOSING}\s+`,
    String.raw`(?:(?![.!?…‼⁇⁈⁉‽])[\p{Sentence_Terminal}།༎])+${CLOSING}\s*`,
  ].join("|"),
  "gu",
);

/** 「はい。」と goes on: a quoted sentence is part of another where small signs of grammar follow. */
const GOES_ON = /[」』）]$/u;
const HIRAGANA = /\p{Script=Hiragana}/u;

/**
 * Where sentences end within a part of a text, behind the white space that follows: ascending, both ends left out. What
 * is decided at an offset hangs on the characters around it alone, so an edit changes nothing far from it.
 *
 * An own rule rather than `Intl.Segmenter`, whose answers change with the ICU of each release of Node, so that an
 * update of Node would embed documents again; and which ends sentences behind `Dr.` and `pp.` whatever the language.
 */
export function sentences(text: string, start: number, end: number): number[] {
  const found: number[] = [];
  for (const { 0: match, index } of text.slice(start, end).matchAll(END)) {
    const from = start + index;
    const at = from + match.length;
    if (at >= end) break;
    if (match.trimEnd() === "." && isAbbreviated(text, from)) continue;
    if (GOES_ON.test(match) && HIRAGANA.test(text.charAt(at))) continue;
    found.push(at);
  }
  return found;
}
