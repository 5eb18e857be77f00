import { DocumentError } from "./document-error.js";
import type { Extracted } from "./extracted.js";
import { html } from "./html.js";
import { checkInflatedSize } from "./zip.js";

/** How an old Word document begins, and so does one with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** The text of a Word document, with its headings. @throws DocumentError where it is encrypted, damaged, or too large unpacked. */
export async function docx(bytes: Uint8Array): Promise<Extracted> {
  if (COMPOUND.every((byte, index) => bytes[index] === byte)) {
    throw new DocumentError("is a Word document with a password or of an old version: save it as DOCX without a password");
  }
  checkInflatedSize(bytes);
  return html(await htmlOf(bytes));
}

async function htmlOf(bytes: Uint8Array): Promise<string> {
  const { default: mammoth } = await import("mammoth");
  // Pictures would come as text otherwise.
  const convertImage = mammoth.images.imgElement(() => Promise.resolve({ src: "" }));
  try {
    return (await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage })).value;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new DocumentError(`is no readable DOCX: ${(error as Error).message.replace(/\.$/u, "")}. Save it anew as DOCX, or exclude it`);
  }
}
