import { clean } from "./decode.js";
import type { Body, Extracted } from "./extracted.js";

/** A document of entries that belong together each, with an empty line between them. */
export function compose(entries: readonly string[]): Extracted {
  const blocks: Body[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const entry of entries) {
    const part = clean(entry).trim();
    if (part === "") continue;
    blocks.push({ kind: "lines", start: at, end: at + part.length });
    parts.push(part);
    at += part.length + 2;
  }
  return { text: parts.join("\n\n"), blocks };
}
