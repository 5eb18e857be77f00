import { DocumentError } from "./document-error.js";
import type { Extracted } from "./extracted.js";
import { compose } from "./compose.js";
import { counted, shortened } from "./names.js";

/** Rows as `column: value` lines, since a row without its columns' names says little. @throws DocumentError where a quote is not closed, or too much is written. */
export async function csv(source: string, delimiter = delimiterOf(source)): Promise<Extracted> {
  const [columns = [], ...rows] = await parseRows(source, delimiter);
  const names = columns.map(shortened);
  const count = counted();
  const records = rows.map((row) =>
    row
      .map((value, index) => (value === "" ? "" : count(`${names[index] ?? `column ${index + 1}`}: ${value}`)))
      .filter((line) => line !== "")
      .join("\n"),
  );
  // A file of one row has no rows under it that its columns could name.
  return compose(rows.length === 0 ? [columns.join("\n")] : records);
}

async function parseRows(source: string, delimiter: string): Promise<string[][]> {
  const { parse } = await import("csv-parse/sync");
  try {
    return parse(source, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, skip_records_with_empty_values: true, trim: true });
  } catch (error) {
    const { message, lines } = error as Error & { lines?: number };
    throw new DocumentError(`is no readable table of values${lines === undefined ? "" : ` (line ${lines})`}: ${message.replace(/\.$/u, "")}. Mend it, or exclude it`);
  }
}

/** The sign that the first line has most of. */
function delimiterOf(source: string): string {
  const [head = ""] = source.slice(0, 65_536).split("\n", 1);
  return [",", ";", "\t"].reduce((best, sign) => (head.split(sign).length > head.split(best).length ? sign : best));
}
