import { loadPart } from "../missing-part.js";
import { IngestionError } from "./ingestion-error.js";

/** The text of a PDF, a paragraph a page. */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  const { extractText } = await loadPart("Reading PDF", ["unpdf"], () => import("unpdf"));
  try {
    const { text } = await extractText(Uint8Array.from(bytes), { mergePages: false });
    return text.join("\n\n");
  } catch (error) {
    throw new IngestionError(`The file is no readable PDF: ${error instanceof Error ? error.message : String(error)}`);
  }
}
