import { readDocument } from "./read/read.js";
import type { Chunk } from "./split/chunk.js";
import { split, type SplitOptions } from "./split/split.js";

/** What became of a document. */
export interface SplitDocument {
  readonly chunks: readonly Chunk[];
  /** What was left out and could be missed: parts of sentences that follow the document's name. */
  readonly warnings: readonly string[];
}

/**
 * Reads a document as its name's ending says, and splits it.
 *
 * @throws DocumentError where the bytes are not what the name says, or too many.
 */
export async function splitDocument(name: string, bytes: Uint8Array, options: SplitOptions): Promise<SplitDocument> {
  const tree = await readDocument(name, bytes);
  return { chunks: split(tree, options), warnings: tree.warnings ?? [] };
}
