import type { Table } from "../../tree.js";
import { plain } from "./inline.js";
import { written, type Line } from "./lines.js";

const ROW = /^\*\s+-(?:\s+|$)/u;
const CELL = /^-(?:\s+|$)/u;

/**
 * A table that is written as a list of rows, each a list of cells; the first row is the head. Nothing where it is
 * something else.
 */
export function listTable(lines: readonly Line[]): Table | undefined {
  const rows: string[][] = [];
  for (const line of written(lines).split("\n")) {
    const text = line.trim();
    if (ROW.test(line)) rows.push([text.replace(ROW, "")]);
    else if (CELL.test(text) && /^\s{1,3}-/u.test(line)) rows.at(-1)?.push(text.replace(CELL, ""));
    else if (text !== "") {
      const cells = rows.at(-1);
      if (!cells) return undefined;
      cells.push(`${cells.pop() ?? ""} ${text}`.trim());
    }
  }
  const [head, ...others] = rows.map((cells) => `| ${cells.map(plain).join(" | ")} |`);
  if (head === undefined || others.length === 0) return undefined;
  return { kind: "table", head: `${head}\n|${"---|".repeat(rows[0]?.length ?? 0)}`, rows: others };
}
