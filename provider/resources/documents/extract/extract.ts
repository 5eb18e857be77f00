import { extname } from "node:path/posix";
import { csv } from "./csv.js";
import { decode } from "./decode.js";
import { DocumentError } from "./document-error.js";
import { docx } from "./docx.js";
import type { Extracted } from "./extracted.js";
import { html } from "./html.js";
import { json, jsonLines } from "./json.js";
import { markdown } from "./markdown.js";
import { pdf } from "./pdf.js";
import { plain } from "./plain.js";

type Reader = (bytes: Uint8Array) => Extracted | Promise<Extracted>;

const text =
  (read: (text: string) => Extracted | Promise<Extracted>): Reader =>
  (bytes) =>
    read(decode(bytes));

const READERS: Readonly<Record<string, Reader>> = {
  md: text(markdown),
  markdown: text(markdown),
  mdx: text(markdown),
  txt: text(plain),
  text: text(plain),
  html: text(html),
  htm: text(html),
  csv: text((source) => csv(source)),
  tsv: text((source) => csv(source, "\t")),
  json: text(json),
  jsonl: text(jsonLines),
  ndjson: text(jsonLines),
  pdf,
  docx,
};

/** What a document may have at most, in bytes. */
const LARGEST = 32 * 1024 * 1024;

/** @throws DocumentError for more bytes than a document may have. */
export function requireSize(bytes: number): void {
  if (bytes > LARGEST) throw new DocumentError(`has more than ${LARGEST / 1024 / 1024} MiB: cut it into several documents, or exclude it`);
}

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
  requireSize(bytes.byteLength);
  if (bytes.byteLength === 0) return { text: "", blocks: [] };
  return read(bytes);
}
