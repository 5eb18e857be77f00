import { DocumentError } from "../document-error.js";
import type { Block, DocumentTree, Entry } from "../tree.js";
import { clean } from "./decode.js";
import { delimiterOf } from "./delimiter.js";
import { counted, shortened } from "./names.js";

/** A hint for spreadsheets in a line of its own. */
const HINT = /^"?sep=(.)"?[^\S\n]*(?:\n|$)/iu;

/** So many records tell which sign parts values. */
const SAMPLE = 200;

const OPTIONS = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
  trim: true,
} as const;

/**
 * Rows as entries of `column: value` lines, since a row without its columns' names says little. What stands above the
 * table in lines of one value is a paragraph each.
 *
 * @param fixed the sign that parts values; it is found out where it is not given.
 * @throws DocumentError where a quote is not closed, a row has more values than there are columns, or too much is
 * written.
 */
export async function csv(source: string, fixed?: string): Promise<DocumentTree> {
  const { parse } = await import("csv-parse/sync");
  const hint = HINT.exec(source)?.[1];
  const options = { ...OPTIONS, from_line: hint === undefined ? 1 : 2 };
  const delimiter = hint ?? fixed ?? delimiterOf((sign) => parse(source, { ...options, delimiter: sign, to: SAMPLE }));
  try {
    const rows = parse(source, { ...options, delimiter });
    // To know the line of every row takes as long as to parse them.
    return treeOf(rows, (row) => {
      let line: number | undefined;
      parse(source, { ...options, delimiter, to: row + 1, onRecord: (_: string[], { lines }) => void (line = lines) });
      return line;
    });
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    const { message, lines } = error as Error & { lines?: number };
    throw new DocumentError(
      `is no readable table of values${lines === undefined ? "" : ` (line ${lines})`}: ` +
        `${message.replace(/\.$/u, "")}. Fix it, or exclude it`,
    );
  }
}

function treeOf(rows: readonly (readonly string[])[], lineOf: (row: number) => number | undefined): DocumentTree {
  const top = topOf(rows);
  const table = rows.slice(top);
  const [columns = [], ...records] = isHeadless(table) ? [(table[0] ?? []).map(() => ""), ...table] : table;
  const above = rows.slice(0, top).map(([text = ""]): Block => ({ kind: "paragraph", text: clean(text) }));
  // A file of one row has no rows under it that its columns could name.
  if (records.length === 0) return { blocks: [...above, ...entry(columns.map((value) => ({ value: clean(value) })))] };
  const warnings = requireWidth(records, columns.length, (index) => lineOf(rows.length - records.length + index));
  const names = columns.map((column) => shortened(clean(column)));
  const count = counted();
  const fields = (row: readonly string[]): Entry["fields"] =>
    row.flatMap((cell, index) => {
      const [name, value] = [nameOf(names, index), clean(cell)];
      if (value === "") return [];
      count(`${name}: ${value}`);
      return [{ name, value }];
    });
  return {
    blocks: [...above, ...records.flatMap((row) => entry(fields(row)))],
    ...(warnings.length > 0 && { warnings }),
  };
}

/** What names no column: a date, a time, a number with decimals, an address. */
const VALUES = [
  /^\d{4}-\d\d-\d\d(?:[T ].*)?$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/u,
  /^\d{1,2}:\d\d(?::\d\d)?$/u,
  /^[+-]?\d+[.,]\d+$/u,
  /^https?:\/\//u,
  /^\S+@\S+\.\S+$/u,
];

/** Whether the first row is one of values, as a column tells that has the same kind of them in all other rows. */
function isHeadless([first = [], ...others]: readonly (readonly string[])[]): boolean {
  return (
    others.length > 0 &&
    first.some((value, column) =>
      VALUES.some((kind) => kind.test(value) && others.every((row) => kind.test(row[column] ?? ""))),
    )
  );
}

function nameOf(names: readonly string[], index: number): string {
  const name = names[index] ?? "";
  return name === "" ? `column ${index + 1}` : name;
}

/** How many records of one value stand above the table, as a title does. */
function topOf(rows: readonly (readonly string[])[]): number {
  const top = rows.findIndex(([, ...others]) => others.some((value) => value !== ""));
  return Math.max(0, top);
}

function entry(fields: Entry["fields"]): Block[] {
  return fields.length === 0 ? [] : [{ kind: "entry", fields }];
}

/** @returns what is to be said about rows that are too short. @throws DocumentError where one is too long. */
function requireWidth(
  records: readonly (readonly string[])[],
  width: number,
  lineOf: (index: number) => number | undefined,
): string[] {
  const long = records.flatMap((row, index) => (row.findLastIndex((value) => value !== "") >= width ? [index] : []));
  const [first] = long;
  if (first !== undefined) {
    const others = long.length === 1 ? "" : `, and so have ${long.length - 1} others`;
    throw new DocumentError(
      `has more values than columns in a row (line ${lineOf(first)}): ${records[first]?.length} values under ` +
        `${width} columns${others}. Put values that have the delimiter in them in quotes, or exclude it`,
    );
  }
  const short = records.findIndex(({ length }) => length < width);
  if (short < 0) return [];
  return [`has fewer values than columns in a row (line ${lineOf(short)}): its last columns are taken to be empty`];
}
