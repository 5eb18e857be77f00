import { extname } from "node:path/posix";
import { decode } from "./decode.js";
import { DocumentError } from "./document-error.js";
import type { Extracted } from "./extracted.js";
import { markdown } from "./markdown.js";
import { plain } from "./plain.js";

type Reader = (bytes: Uint8Array) => Extracted | Promise<Extracted>;

const readMarkdown: Reader = (bytes) => markdown(decode(bytes));
const readPlain: Reader = (bytes) => plain(decode(bytes));

const READERS: Readonly<Record<string, Reader>> = {
  md: readMarkdown,
  markdown: readMarkdown,
  mdx: readMarkdown,
  txt: readPlain,
  text: readPlain,
};

/** The endings of names that documents have, without the dot. */
export const ENDINGS: readonly string[] = Object.keys(READERS);

/** A name's ending in small letters, without the dot; empty where there is none. */
export function endingOf(name: string): string {
  return extname(name).slice(1).toLowerCase();
}

/**
 * Reads a document as its name's ending says; a name without one is Markdown's.
 *
 * @throws DocumentError where the bytes are not what the name says, or too many.
 */
export async function extract(name: string, bytes: Uint8Array): Promise<Extracted> {
  const ending = endingOf(name) || "md";
  const read = Object.hasOwn(READERS, ending) ? READERS[ending] : undefined;
  if (!read) throw new DocumentError(`cannot be read: a document's name must end in one of ${ENDINGS.join(", ")}`);
  return read(bytes);
}
