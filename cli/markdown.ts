import { clean } from "../provider/text/clean.js";

/** A word joiner: nothing is seen of it, and what stands around it is one word no more to whoever looks for links. */
const JOINER = "\u2060";

/**
 * After these, GitHub or GitLab would take what follows for a mention, a reference, an address, a label or an emoji.
 */
const LINKING: readonly RegExp[] = [
  /(?<=\S)(?=@)/gu,
  /[@#!%~&[{](?=\S)/gu,
  /:(?=\/\/|[\w+-]+:)|\/\/(?=\S)/gu,
  /\bwww(?=\.)/giu,
  // Tickets are written in capitals, issues of GitHub in either case; `release-2.md` is to stay as it can be copied.
  /(?<=\b[A-Z][A-Z\d_]*)-(?=\d)/gu,
  /\b(?:gh|ghsa|cve)-/giu,
];
/** What could name a commit. */
const HEXADECIMAL = /(?<!\w)[0-9a-f]{7,}(?!\w)/giu;
/** Fewer digits name no commit. */
const SIX_DIGITS = /[0-9a-f]{6}(?=.)/giu;

const MARKUP = /[&<>|$\\`*_{}[\]()#+!~]/gu;
const IN_PLACE: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "|": "&#124;",
  $: "<span>$</span>",
};
/** What makes a list or a line of the beginning of a text. */
const LEADING = /^(?:\d+(?=[.)])|(?=[-=]))/u;

/**
 * Text of others in Markdown, on one line: no markup, no HTML, no table, no formula; and nothing in it becomes a link,
 * an image, a mention, a reference or an emoji by itself, on GitHub and on GitLab.
 */
export function plain(text: string): string {
  const apart = LINKING.reduce((rest, sign) => rest.replace(sign, `$&${JOINER}`), clean(text)).replace(
    HEXADECIMAL,
    (digits) => digits.replace(SIX_DIGITS, `$&${JOINER}`),
  );
  return apart.replace(MARKUP, (mark) => IN_PLACE[mark] ?? `\\${mark}`).replace(LEADING, "$&\\");
}
