import { DocumentError } from "../document-error.js";
import type { DocumentTree } from "../tree.js";
import { withoutContents } from "./contents.js";
import { requireSize } from "./decode.js";
import { ENDINGS, endingOf, isEnding, kindOf } from "./kinds.js";
import { READERS } from "./readers.js";

/**
 * Reads a document as its name's ending says.
 *
 * @throws DocumentError where the bytes are not what the name says, or too many.
 */
export async function readDocument(name: string, bytes: Uint8Array): Promise<DocumentTree> {
  const kind = endingOf(name) === "" && isScript(bytes) ? "txt" : kindOf(name);
  const read = isEnding(kind) ? READERS[kind] : undefined;
  if (!read)
    throw new DocumentError(
      `cannot be read: a document's name must end in one of ${ENDINGS.join(", ")}, or have no ending`,
    );
  requireSize(bytes.byteLength);
  return bytes.byteLength === 0 ? { blocks: [] } : withoutContents(await read(bytes));
}

/** A program in a file without an ending says by what it is run. */
function isScript([first, second]: Uint8Array): boolean {
  return first === 0x23 && second === 0x21;
}
