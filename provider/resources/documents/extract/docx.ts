import { z } from "zod";
import { DocumentError } from "./document-error.js";
import type { Extracted } from "./extracted.js";
import { html } from "./html.js";
import { runReader } from "./worker.js";
import { checkInflatedSize } from "./zip.js";

// Pictures would come as text otherwise.
const READ = `
  const convertImage = library.images.imgElement(async () => ({ src: "" }));
  return (await library.convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage })).value;`;

/** How an old Word document begins, and so does one with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** The text of a Word document, with its headings. @throws DocumentError where it is encrypted, damaged, or too large unpacked. */
export async function docx(bytes: Uint8Array): Promise<Extracted> {
  if (COMPOUND.every((byte, index) => bytes[index] === byte)) {
    throw new DocumentError("is a Word document with a password or of an old version: save it as DOCX without a password");
  }
  checkInflatedSize(bytes);
  const reply = await runReader("mammoth", READ, bytes);
  if ("error" in reply) throw new DocumentError(`is no readable DOCX: ${reply.error.message.replace(/\.$/u, "")}. Save it anew as DOCX, or exclude it`);
  return html(z.string().parse(reply.result));
}
