import type { DocumentTree } from "../tree.js";
import { blocksIn } from "./rst/reader.js";
import { linesOf } from "./rst/lines.js";

/**
 * reStructuredText by a simple rule, since the registry has no parser of it that is kept. A line with a line of one
 * sign below it, or above it as well, is a heading; its level is told by when its signs come first. Of directives, code
 * is code, what describes something is a term with its description, a note is its text, and what a page shows nothing
 * of, or another file holds, is left out, as comments and targets are. Roles and links are the text that they show. All
 * else is paragraphs, as they are parted by empty lines.
 */
export function rst(source: string): DocumentTree {
  return { blocks: blocksIn(linesOf(replaced(source)), []) };
}

const REPLACEMENT = /^\.\. \|([^|\n]+)\| replace:: (.+)$/gmu;

/** What stands for a text elsewhere in the document is that. */
function replaced(source: string): string {
  const texts = new Map(Array.from(source.matchAll(REPLACEMENT), ([, name = "", text = ""]) => [name, text]));
  if (texts.size === 0) return source;
  return source.replace(/^\.\. \|.*$|\|([^|\s](?:[^|\n]*[^|\s])?)\|_{0,2}/gmu, (whole, name?: string) =>
    name === undefined ? whole : (texts.get(name) ?? whole),
  );
}
