import type { Block } from "../tree.js";
import { lettersOf } from "./letters.js";

/**
 * A document's blocks with what it says that it is about, below the heading that it begins with. One that only says
 * again what the document is called is left out.
 */
export function described(
  blocks: readonly Block[],
  description: string | undefined,
  titles: readonly (string | undefined)[],
): readonly Block[] {
  if (description === undefined || description === "") return blocks;
  const [first, ...others] = blocks;
  const known = [...titles, first?.kind === "heading" ? first.title : undefined].map((title = "") => lettersOf(title));
  if (known.includes(lettersOf(description))) return blocks;
  const text: Block = { kind: "paragraph", text: description };
  return first?.kind === "heading" && first.level === 1 ? [first, text, ...others] : [text, ...blocks];
}
