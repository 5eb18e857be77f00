import { z } from "zod";
import { clean } from "./decode.js";
import { DocumentError } from "./document-error.js";
import type { Extracted } from "./extracted.js";
import { plain } from "./plain.js";
import { runReader } from "./worker.js";

const READ = "return (await library.extractText(bytes, { mergePages: false })).text;";
const pagesSchema = z.array(z.string());

/** The text of a PDF, page by page. @throws DocumentError where it is encrypted or damaged, or holds pictures alone. */
export async function pdf(bytes: Uint8Array): Promise<Extracted> {
  const reply = await runReader("unpdf", READ, bytes);
  if ("error" in reply) {
    const encrypted = reply.error.name === "PasswordException";
    throw new DocumentError(encrypted ? "is an encrypted PDF: save it without a password" : `is no readable PDF: ${reply.error.message.replace(/\.$/u, "")}. Make it anew, or exclude it`);
  }
  const pages = pagesSchema.parse(reply.result);
  const text = clean(pages.join("\n\n"));
  if (pages.length > 0 && text.trim() === "") {
    throw new DocumentError("is a PDF without text, as scanned pages are: recognize their text first, or exclude it");
  }
  return plain(text);
}
