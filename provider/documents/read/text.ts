import type { DocumentTree } from "../tree.js";

/** Text without structure but for its empty lines and pages, between which its paragraphs stand as they are. */
export function text(source: string): DocumentTree {
  const parts = source.split(/\f|\n(?:[^\S\n]*\n)+/u);
  return {
    blocks: parts.flatMap((part) =>
      part.trim() === "" ? [] : [{ kind: "paragraph", text: part.replace(/^\n+|\s+$/gu, "") }],
    ),
  };
}
