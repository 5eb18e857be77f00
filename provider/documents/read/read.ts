import { DocumentError } from "../document-error.js";
import type { DocumentTree } from "../tree.js";
import { decode } from "./decode.js";
import { endingOf, kindOf, READERS } from "./kinds.js";

/** What a document may have at most, in bytes. */
const LARGEST = 32 * 1024 * 1024;

/** @throws DocumentError for more bytes than a document may have. */
export function requireSize(bytes: number): void {
  if (bytes > LARGEST)
    throw new DocumentError(
      `has more than ${LARGEST / 1024 / 1024} MiB: split it into several documents, or exclude it`,
    );
}

/** The endings of names that documents have, without the dot. */
export const ENDINGS: readonly string[] = Object.keys(READERS);

/**
 * Reads a document as its name's ending says.
 *
 * @throws DocumentError where the bytes are not what the name says, or too many.
 */
export async function readDocument(name: string, bytes: Uint8Array): Promise<DocumentTree> {
  const kind = endingOf(name) === "" && isScript(bytes) ? "txt" : kindOf(name);
  const read = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  if (!read)
    throw new DocumentError(
      `cannot be read: a document's name must end in one of ${ENDINGS.join(", ")}, or have no ending`,
    );
  requireSize(bytes.byteLength);
  return bytes.byteLength === 0 ? { blocks: [] } : read(bytes);
}

/** A program in a file without an ending says by what it is run. */
function isScript([first, second]: Uint8Array): boolean {
  return first === 0x23 && second === 0x21;
}

/** Whether bytes are text. */
export function isText(bytes: Uint8Array): boolean {
  try {
    decode(bytes);
    return true;
  } catch {
    return false;
  }
}
