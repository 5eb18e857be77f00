import { DocumentError } from "../document-error.js";
import type { Block, DocumentTree } from "../tree.js";
import { layOut } from "./pdf/layout.js";
import type { PrintedDocument, PrintedPage } from "./pdf/page.js";
import { printed } from "./pdf/printed.js";

/**
 * A PDF's pages, each with its paragraphs and code, and what is filled into forms. Its outline gives the headings.
 *
 * @throws DocumentError where it is encrypted or damaged, or holds pictures alone.
 */
export async function pdf(bytes: Uint8Array): Promise<DocumentTree> {
  const document = await opened(bytes);
  const { pages, title } = document;
  const empty = pages.filter(({ lines, fields }) => lines.length === 0 && fields.length === 0);
  if (pages.length > 0 && empty.length === pages.length) {
    throw new DocumentError("is a PDF without text, as scanned pages are: recognize their text first, or exclude it");
  }
  const warnings = scannedPages(empty);
  const blocks: Block[] = layOut(document);
  return { ...(title !== undefined && { title }), blocks, ...(warnings.length > 0 && { warnings }) };
}

async function opened(bytes: Uint8Array): Promise<PrintedDocument> {
  try {
    return await printed(bytes);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === "PasswordException") throw new DocumentError("is an encrypted PDF: save it without a password");
    throw new DocumentError(`is no readable PDF: ${message.replace(/\.$/u, "")}. Make it again, or exclude it`);
  }
}

function scannedPages(empty: readonly PrintedPage[]): string[] {
  const numbers = empty.filter(({ hasPicture }) => hasPicture).map(({ number }) => number);
  if (numbers.length === 0) return [];
  const [first, ...others] = numbers;
  return [
    "has pictures without text on " +
      `${others.length === 0 ? `page ${first}` : `${numbers.length} pages, the first of them page ${first}`}, as ` +
      "scanned pages are: recognize their text first to have it found",
  ];
}
