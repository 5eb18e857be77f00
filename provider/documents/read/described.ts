import type { Block } from "../tree.js";

/** A document's blocks with what it says that it is about, below the heading that it begins with. */
export function described(blocks: readonly Block[], description: string | undefined): readonly Block[] {
  if (description === undefined || description === "") return blocks;
  const [first, ...others] = blocks;
  const text: Block = { kind: "paragraph", text: description };
  return first?.kind === "heading" && first.level === 1 ? [first, text, ...others] : [text, ...blocks];
}
