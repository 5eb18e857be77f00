import type { Extracted } from "./extracted.js";

/** Text without structure but for its empty lines. */
export function plain(text: string): Extracted {
  const start = text.search(/\S/u);
  return { text, blocks: start < 0 ? [] : [{ kind: "prose", start, end: text.trimEnd().length }] };
}
