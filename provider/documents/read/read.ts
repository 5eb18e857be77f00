import { DocumentError } from "../document-error.js";
import type { DocumentTree } from "../tree.js";
import { endingOf, READERS, withoutEnding } from "./kinds.js";

/** What a document may have at most, in bytes. */
const LARGEST = 32 * 1024 * 1024;

/** @throws DocumentError for more bytes than a document may have. */
export function requireSize(bytes: number): void {
  if (bytes > LARGEST) throw new DocumentError(`has more than ${LARGEST / 1024 / 1024} MiB: cut it into several documents, or exclude it`);
}

/** The endings of names that documents have, without the dot. */
export const ENDINGS: readonly string[] = Object.keys(READERS);

/**
 * Reads a document as its name's ending says.
 *
 * @throws DocumentError where the bytes are not what the name says, or too many.
 */
export async function readDocument(name: string, bytes: Uint8Array): Promise<DocumentTree> {
  const ending = endingOf(name);
  const read = ending === "" ? withoutEnding(name) : Object.hasOwn(READERS, ending) ? READERS[ending] : undefined;
  if (!read) throw new DocumentError(`cannot be read: a document's name must end in one of ${ENDINGS.join(", ")}, or have no ending`);
  requireSize(bytes.byteLength);
  return bytes.byteLength === 0 ? { blocks: [] } : read(bytes);
}
