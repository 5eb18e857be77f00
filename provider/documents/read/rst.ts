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
  return { blocks: blocksIn(linesOf(source), []) };
}
