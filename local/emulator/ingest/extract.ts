import { loadPart } from "../missing-part.js";
import { IngestionError } from "./ingestion-error.js";
import { flattenJson } from "./json.js";
import { readPdf } from "./pdf.js";
import { checkInflatedSize } from "./zip.js";

type Extractor = (bytes: Uint8Array) => string | Promise<string>;

const EXTRACTORS: Readonly<Record<string, Extractor>> = {
  txt: decode,
  text: decode,
  md: decode,
  markdown: decode,
  html: fromHtml,
  htm: fromHtml,
  csv: fromCsv,
  json: (bytes) => flattenJson(decode(bytes)),
  pdf: readPdf,
  docx: fromDocx,
};

/** Whether a file is text as it is, by its name's ending. */
export function isPlainText(filename: string): boolean {
  const ending = endingOf(filename);
  return Object.hasOwn(EXTRACTORS, ending) && EXTRACTORS[ending] === decode;
}

function endingOf(filename: string): string {
  return /\.([^./\\]+)$/.exec(filename)?.[1]?.toLowerCase() ?? "";
}

/** The text of a file, by its name's ending. Paragraphs are apart by an empty line. */
export async function extractText(filename: string, bytes: Uint8Array): Promise<string> {
  const ending = endingOf(filename);
  const extract = Object.hasOwn(EXTRACTORS, ending) ? EXTRACTORS[ending] : undefined;
  if (extract === undefined) {
    throw new IngestionError(
      `Files named *${ending === "" ? "" : `.${ending}`} cannot be read; these can: ` +
        Object.keys(EXTRACTORS).join(", "),
    );
  }
  return extract(bytes);
}

function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch {
    throw new IngestionError("The file is no text in UTF-8");
  }
}

async function fromHtml(bytes: Uint8Array): Promise<string> {
  const { convert } = await loadPart("Reading HTML", ["html-to-text"], () => import("html-to-text"));
  // The reader looks elements up by name in an object that has a property of this name from the start.
  const source = decode(bytes).replace(/<(\/?)(?=constructor[\s/>])/gi, "<$1x-");
  return convert(source, {
    wordwrap: false,
    selectors: [
      { selector: "img", format: "skip" },
      { selector: "a", options: { ignoreHref: true } },
      ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
    limits: { maxDepth: 200 },
  });
}

/** Each row is a paragraph of `column: value` lines, so that it can be found by what its columns mean. */
async function fromCsv(bytes: Uint8Array): Promise<string> {
  const { parse } = await loadPart("Reading CSV", ["csv-parse"], () => import("csv-parse"));
  const text = decode(bytes);
  const [head = ""] = text.split("\n", 1);
  const delimiter = [",", ";", "\t"].reduce((best, sign) =>
    head.split(sign).length > head.split(best).length ? sign : best,
  );
  const rows = await new Promise<string[][]>((resolve, reject) => {
    parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true }, (error, records) => {
      if (error === undefined) resolve(records);
      else reject(new IngestionError(`The file is no CSV: ${error.message}`));
    });
  });
  const [columns = [], ...records] = rows;
  return records
    .map((row) => row.map((value, index) => `${columns[index] ?? `column ${index + 1}`}: ${value}`).join("\n"))
    .join("\n\n");
}

async function fromDocx(bytes: Uint8Array): Promise<string> {
  const { default: mammoth } = await loadPart("Reading DOCX", ["mammoth"], () => import("mammoth"));
  checkInflatedSize(bytes);
  try {
    return (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
  } catch (error) {
    throw new IngestionError(`The file is no readable DOCX: ${error instanceof Error ? error.message : String(error)}`);
  }
}
