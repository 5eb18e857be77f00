import { clean } from "./decode.js";
import { DocumentError } from "./document-error.js";
import type { Extracted } from "./extracted.js";
import { plain } from "./plain.js";

/** The text of a PDF, page by page. @throws DocumentError where it is encrypted or damaged, or holds pictures alone. */
export async function pdf(bytes: Uint8Array): Promise<Extracted> {
  const pages = await pagesOf(bytes);
  const text = clean(pages.join("\n\n"));
  if (pages.length > 0 && text.trim() === "") {
    throw new DocumentError("is a PDF without text, as scanned pages are: recognize their text first, or exclude it");
  }
  return plain(text);
}

async function pagesOf(bytes: Uint8Array): Promise<readonly string[]> {
  const { extractText } = await import("unpdf");
  try {
    // The library takes no Buffer, and keeps what it takes.
    return (await extractText(Uint8Array.from(bytes), { mergePages: false })).text;
  } catch (error) {
    const { name, message } = error as Error;
    throw new DocumentError(name === "PasswordException" ? "is an encrypted PDF: save it without a password" : `is no readable PDF: ${message.replace(/\.$/u, "")}. Make it anew, or exclude it`);
  }
}
