import { readDocument } from "../../../../provider/documents/read/read";
import {
  childrenOf,
  headingsIn,
  isContainer,
  type Block,
  type DocumentTree,
} from "../../../../provider/documents/tree";

/** Reads a text as the name's ending says. */
export function read(name: string, text: string | Uint8Array): Promise<DocumentTree> {
  return readDocument(name, Buffer.from(text as string));
}

/** Why a text is refused. */
export function refusal(name: string, text: string | Uint8Array): Promise<string> {
  return read(name, text).then(
    () => "nothing is wrong",
    (error: unknown) => (error as Error).message,
  );
}

/** All headings: their levels and titles. */
export function headings({ blocks }: DocumentTree): [number, string][] {
  return [...headingsIn(blocks)].map(({ level, title }) => [level, title]);
}

/** The blocks in short, with what they say: `["list", ["item", "- one"]]`. */
export function outline(blocks: readonly Block[]): unknown[] {
  return blocks.map((block) => {
    if (block.kind === "definition") return [block.kind, block.term, ...outline(block.blocks)];
    if (block.kind === "table")
      return [
        block.kind,
        ...(block.caption === undefined ? [] : [block.caption]),
        ...(block.head === undefined ? [] : [block.head]),
        ...block.rows,
      ];
    if (block.kind === "entry")
      return [block.kind, ...block.fields.map(({ name, value }) => (name === undefined ? value : `${name}: ${value}`))];
    return isContainer(block) ? [block.kind, ...outline(childrenOf(block))] : [block.kind, block.text];
  });
}

/** All texts of a tree, in order. */
export function textsIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "definition") return [block.term, ...textsIn(block.blocks)];
    if (isContainer(block)) return textsIn(childrenOf(block));
    const [, ...texts] = outline([block])[0] as string[];
    return texts;
  });
}
