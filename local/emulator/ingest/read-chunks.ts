import { extractText, isPlainText } from "./extract.js";
import { IngestionError } from "./ingestion-error.js";
import { splitText, type Chunk } from "./split.js";

/** The longest text of a file, in characters. The live API's limit is unknown. */
const MOST_TEXT = 32 * 1024 * 1024;

/** A text of so many bytes is read and split within a few milliseconds. */
const SHORT = 32 * 1024;

/** Whether a file is read quicker than a process is started for it, whatever is in it. */
export function isShort(filename: string, bytes: Uint8Array): boolean {
  return bytes.length <= SHORT && isPlainText(filename);
}

/** Reads a file and splits its text. @throws IngestionError where that cannot be done. */
export async function readChunks(filename: string, bytes: Uint8Array): Promise<Chunk[]> {
  const text = await extractText(filename, bytes);
  if (text.length > MOST_TEXT)
    throw new IngestionError(`The file has more than ${MOST_TEXT} characters of text: split it`);
  const chunks = splitText(text);
  if (chunks.length === 0) throw new IngestionError("The file has no text");
  return chunks;
}
