import type { Table } from "../../tree.js";
import type { Line } from "./lines.js";

const GRID = /^\+(?:-+\+)+$/u;
const GRID_HEAD = /^\+(?:=+\+)+$/u;
const SIMPLE = /^=+(?:\s+=+)+$/u;

/** A table that begins at a line, as it is drawn: in a grid, or between lines of `=`. */
export function tableAt(lines: readonly Line[], at: number): { block: Table; end: number } | undefined {
  const first = lines[at]?.text ?? "";
  if (GRID.test(first)) return grid(lines, at);
  return SIMPLE.test(first) ? simple(lines, at) : undefined;
}

function grid(lines: readonly Line[], at: number): { block: Table; end: number } {
  let end = at;
  while (/^[+|]/u.test(lines[end]?.text ?? "")) end++;
  const texts = lines.slice(at, end).map(({ text }) => text);
  const rule = texts.findIndex((text) => GRID_HEAD.test(text));
  const rows: string[] = [];
  let row: string[] = [];
  for (const text of texts.slice(rule < 0 ? 1 : rule + 1)) {
    row.push(text);
    if (!GRID.test(text)) continue;
    rows.push(row.join("\n"));
    row = [];
  }
  if (row.length > 0) rows.push(row.join("\n"));
  const head = texts.slice(0, rule + 1).join("\n");
  return {
    block: {
      kind: "table",
      ...(head !== "" && { head }),
      rows: rule < 0 ? [[texts[0], rows[0]].join("\n"), ...rows.slice(1)] : rows,
    },
    end,
  };
}

function simple(lines: readonly Line[], at: number): { block: Table; end: number } | undefined {
  const rules: number[] = [at];
  let end = at + 1;
  for (; end < lines.length; end++) {
    if (!SIMPLE.test(lines[end]?.text ?? "")) continue;
    rules.push(end);
    if (rules.length === 3 || (lines[end + 1]?.text ?? "") === "") break;
  }
  const [, second, last] = rules;
  if (second === undefined) return undefined;
  const drawn = (from: number, to: number): string[] =>
    lines.slice(from, to).flatMap(({ text, indent }) => (text === "" ? [] : [" ".repeat(indent) + text]));
  const rows = drawn((last === undefined ? at : second) + 1, last ?? second);
  const whole: string[] = [];
  // A row goes on where its first column is empty.
  for (const row of rows) whole.push(row.startsWith("  ") && whole.length > 0 ? `${whole.pop() ?? ""}\n${row}` : row);
  const head = last === undefined ? [] : drawn(at, second + 1);
  return {
    block: { kind: "table", ...(head.length > 0 && { head: head.join("\n") }), rows: whole },
    end: (last ?? second) + 1,
  };
}
