import type { Table } from "../../tree.js";
import { isBlock, textOf } from "./inline.js";
import { isLeftOut } from "./left-out.js";
import { attribute, firstOf, isElement, outermost, roleOf, type Element } from "./parse.js";

/** What HTML has of a table, or its cells in order where it only lays out what is in them. */
export type Grid = Pick<Table, "caption" | "head" | "rows"> | { readonly cells: readonly Element[] };

const HEADINGS = /^h[1-6]$/u;
const PARTS = new Set(["thead", "tbody"]);

/** Reads a table: as several where rows that are but a heading part it. */
export function gridsOf(table: Element, isWhole: boolean): Grid[] {
  const rows = rowsOf(table, isWhole);
  const isParted = rows.some(isHeading) && rows.every((row) => isHeading(row) || !row.cells.some(hasHeading));
  if (!isParted) return [gridOf(table, rows, isWhole)];
  const parts: Row[][] = [];
  for (const row of rows) {
    const last = parts.at(-1);
    if (!last || isHeading(row) || last.slice(0, 1).some(isHeading)) parts.push([row]);
    else last.push(row);
  }
  return parts.map((part) => gridOf(table, part, isWhole));
}

const hasHeading = ({ childNodes }: Element): boolean =>
  firstOf(childNodes.filter(isBlock), ({ tagName }) => HEADINGS.test(tagName)) !== undefined;

const isHeading = ({ cells }: Row): boolean => cells.length === 1 && cells.some(hasHeading);

function gridOf(table: Element, rows: readonly Row[], isWhole: boolean): Grid {
  const cells = rows.flatMap(({ cells: own }) => own);
  const captions = table.childNodes.filter(isElement).filter(({ tagName }) => tagName === "caption");
  const caption = textOf(captions, { isWhole, isLine: true }) || figureCaptionOf(table, isWhole);
  if (isLayout(table, rows, cells)) return { cells: [...captions, ...cells] };
  const { lines, heads } = linesOf(rows, isWhole);
  const columns = usedColumns(lines);
  if (columns.length < 2 && caption === "" && (heads === 0 || lines.length < 3)) return { cells };
  const written = lines.map((line) => `| ${columns.map((column) => line[column] ?? "").join(" | ")} |`);
  const head = heads === 0 ? [] : [...written.slice(0, heads), `|${"---|".repeat(columns.length)}`];
  return {
    ...(caption !== "" && { caption }),
    ...(head.length > 0 && { head: head.join("\n") }),
    rows: written.slice(heads).filter((_, row) => lines[heads + row]?.some((text) => text !== "")),
  };
}

const captionOf = (figure: Element): Element | undefined =>
  figure.childNodes.filter(isElement).find(({ tagName }) => tagName === "figcaption");

/** Takes the caption of a figure that is a table out of the text: it becomes the table's own. */
export function captionedBy(figure: Element): void {
  const caption = captionOf(figure);
  const tables = outermost(
    figure.childNodes,
    ({ tagName }) => tagName === "table",
    ({ tagName }) => tagName === "div",
  );
  if (caption && tables.length === 1) caption.isLeftOut = true;
}

function figureCaptionOf(table: Element, isWhole: boolean): string {
  let parent = table.parentNode;
  while (parent && "tagName" in parent && parent.tagName === "div") parent = parent.parentNode;
  const caption = parent?.nodeName === "figure" ? captionOf(parent as Element) : undefined;
  return caption?.isLeftOut === true ? textOf(caption.childNodes, { isWhole, isLine: true }) : "";
}

interface Row {
  readonly cells: readonly Element[];
  readonly isHead: boolean;
}

function rowsOf(table: Element, isWhole: boolean): Row[] {
  const rows: Row[] = [];
  const feet: Element[] = [];
  const visit = (parent: Element, isHead: boolean): void => {
    for (const child of parent.childNodes) {
      if (!isElement(child) || isLeftOut(child, isWhole)) continue;
      if (child.tagName === "tfoot") feet.push(child);
      else if (PARTS.has(child.tagName)) visit(child, child.tagName === "thead");
      else if (child.tagName === "tr") {
        const cells = child.childNodes
          .filter(isElement)
          .filter((cell) => (cell.tagName === "td" || cell.tagName === "th") && !isLeftOut(cell, isWhole));
        if (cells.length > 0) rows.push({ cells, isHead });
      }
    }
  };
  visit(table, false);
  // A page shows it last, wherever it is written.
  for (const foot of feet) visit(foot, false);
  return rows;
}

/** Whether a table is but a means to place things, so that its rows say nothing. */
function isLayout(table: Element, rows: readonly Row[], cells: readonly Element[]): boolean {
  if (roleOf(table) === "presentation" || roleOf(table) === "none") return true;
  const isNamed =
    cells.some(({ tagName }) => tagName === "th") ||
    table.childNodes.some((node) => isElement(node) && node.tagName === "caption");
  const isPlacing = ({ tagName }: Element): boolean =>
    HEADINGS.test(tagName) || ((tagName === "table" || tagName === "pre") && !isNamed);
  return (
    (!isNamed && rows.length < 2) ||
    cells.some(({ childNodes }) => firstOf(childNodes.filter(isBlock), isPlacing) !== undefined)
  );
}

/** A text that spans rows is repeated in each, as long as it is short; a column is made room for up to here. */
const LONGEST_REPEATED = 120;
const WIDEST = 100;

/** The cells' texts by row and column, and how many rows at the beginning are the head. */
function linesOf(
  rows: readonly Row[],
  isWhole: boolean,
): { readonly lines: readonly string[][]; readonly heads: number } {
  const spanning = new Map<number, { left: number; readonly text: string }>();
  const lines: string[][] = [];
  for (const { cells } of rows) {
    const line: string[] = [];
    const place = (): void => {
      for (let above = spanning.get(line.length); above; above = spanning.get(line.length)) {
        if (--above.left === 0) spanning.delete(line.length);
        line.push(above.text);
      }
    };
    for (const cell of cells) {
      place();
      const text = textOf(cell.childNodes, { isWhole, isLine: true });
      const width = Math.min(spanOf(cell, "colspan"), Math.max(1, WIDEST - line.length));
      const below = spanOf(cell, "rowspan") - 1;
      for (let index = 0; index < width; index++) {
        const own = index === 0 ? text : "";
        if (below > 0) spanning.set(line.length, { left: below, text: own.length <= LONGEST_REPEATED ? own : "" });
        line.push(own);
      }
    }
    place();
    lines.push(line);
  }
  return { lines, heads: headsOf(rows) };
}

function spanOf(cell: Element, name: "colspan" | "rowspan"): number {
  const span = Number.parseInt(attribute(cell, name) ?? "1", 10);
  return Number.isFinite(span) && span > 1 ? Math.min(span, name === "colspan" ? WIDEST : 65_534) : 1;
}

function headsOf(rows: readonly Row[]): number {
  const body = rows.findIndex(({ isHead }) => !isHead);
  if (body > 0) return body;
  const isFirstHead = rows.length > 1 && rows[0]?.cells.every(({ tagName }) => tagName === "th") === true;
  if (isFirstHead) return rows.every(({ cells }) => cells.every(({ tagName }) => tagName === "th")) ? 0 : 1;
  return isBoldHead(rows) ? 1 : 0;
}

/** Many tables have a head that is but written in bold. */
function isBoldHead([first, ...others]: readonly Row[]): boolean {
  const isBold = ({ cells }: Row): boolean => cells.length > 1 && cells.every(isBoldAlone);
  return first !== undefined && others.length > 0 && isBold(first) && !others.some(isBold);
}

const BOLD = new Set(["strong", "b"]);

/** Whether all the text in an element is bold. */
function isBoldAlone({ childNodes }: Element): boolean {
  const shown = childNodes.filter((node) => !("value" in node) || node.value.trim() !== "");
  return shown.length > 0 && shown.every((node) => isElement(node) && (BOLD.has(node.tagName) || isBoldAlone(node)));
}

/** The columns that hold something somewhere. */
function usedColumns(lines: readonly string[][]): number[] {
  const used = new Set<number>();
  for (const line of lines) for (const [column, text] of line.entries()) if (text !== "") used.add(column);
  return [...used].sort((a, b) => a - b);
}
