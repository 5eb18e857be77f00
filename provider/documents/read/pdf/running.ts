import { isContentsLabel } from "../contents.js";
import type { Line, PrintedPage } from "./page.js";

/** The parts of a page, by its height, in which running heads and feet stand, and how many lines of them. */
const BAND = 0.13;
const LINES = 3;

/** How far up or down a line may be on another page to be the same, in points. */
const SHIFT = 3;

/** On so many pages, and so great a part of all, a line is a running one. Those of a chapter are on fewer. */
const LEAST = 3;
const PART = 0.4;

/** A line of a table of contents or an index: a title, dots, a page or several. */
const LEADER = /(?:\s?[.․…·]){5,}\s*[\divxlc]*(?:\s?[-–,]\s?\d+)*$/iu;

/** What a browser prints around a page, of which there may be one only: its address, and when it was. */
const BROWSER_FOOT = /^[a-z]+:\/\/\S+\s+\d+\/\d+$/iu;
const BROWSER_HEAD = /^\d[\d./-]*,?\s\d{1,2}[:.]\d{2}\b/u;

/** What parts an index. */
const LETTER = /^[^\p{N}\s]$/u;

const ROMAN = /^[ivxlc]+$|(?<=\s\s)[ivxlc]+$|^[ivxlc]+(?=\s\s)/u;

/**
 * The pages without what is on each of them: heads, feet and page numbers, also where the words
 * beside the number are a chapter's; and without the lines of a table of contents. A
 * document of which nothing would be left is kept whole.
 */
export function withoutRunning(pages: readonly PrintedPage[]): readonly PrintedPage[] {
  const counts = new Map<string, Set<number>>();
  for (const page of pages) {
    for (const line of edgesOf(page))
      for (const key of keysOf(line, page.number))
        (counts.get(key) ?? counts.set(key, new Set()).get(key))?.add(page.number);
  }
  const isRunning = (line: Line, page: number): boolean =>
    keysOf(line, page).some((key) => isMany(counts.get(key)?.size ?? 0, pages.length));
  const left = pages.map((page) => {
    const outer = edgesOf(page);
    const isPrinted = outer.some(({ text }) => BROWSER_FOOT.test(text));
    const edges = new Set(
      outer.filter(
        (line) =>
          isRunning(line, page.number) || (isPrinted && (BROWSER_FOOT.test(line.text) || BROWSER_HEAD.test(line.text))),
      ),
    );
    const plain = contentsOf(page.lines);
    const wasContents = plain.size > 0 || page.lines.some(({ text }) => LEADER.test(text));
    const isContents = (line: Line): boolean =>
      plain.has(line) || LEADER.test(line.text) || (wasContents && LETTER.test(line.text));
    return { ...page, wasContents, lines: page.lines.filter((line) => !edges.has(line) && !isContents(line)) };
  });
  return left.some(({ lines }) => lines.length > 0) ? left : pages;
}

/** So many lines with growing numbers make a table of contents. */
const ENTRIES = 3;

/** The lines of a table of contents that has no dots, below what says that it is one. */
function contentsOf(lines: readonly Line[]): ReadonlySet<Line> {
  const start = lines.findIndex(({ text }) => isContentsLabel(text));
  const found = new Set(lines.slice(start).slice(0, 1));
  let page = 0;
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    const number = Number(/\S\s+(\d{1,4})$/u.exec(line.text)?.[1] ?? Number.NaN);
    if (!(number >= page)) break;
    page = number;
    found.add(line);
  }
  return found.size > ENTRIES ? found : new Set();
}

function isMany(count: number, pages: number): boolean {
  return count >= LEAST || (count >= 2 && count >= pages * PART);
}

/** The outermost lines within the bands. */
function edgesOf({ lines, height }: PrintedPage): Line[] {
  const sorted = [...lines].sort((a, b) => b.y - a.y);
  const heads = sorted.filter(({ y }) => y > height * (1 - BAND));
  const feet = sorted.filter(({ y }) => y < height * BAND);
  return [...heads.slice(0, LINES), ...feet.slice(-LINES)];
}

/** The same for lines that differ by their page number, and stand at the same height within the tolerance. */
function keysOf({ text, y }: Line, page: number): string[] {
  const words = text.toLowerCase().replace(/\d+/gu, "#").replace(ROMAN, "#");
  const numbers = [/^\d+/u, /\d+$/u].flatMap((end) =>
    (end.exec(text) ?? []).map((digits) => `page ${Number(digits) - page}`),
  );
  const place = Math.floor(y / SHIFT);
  return [words, ...numbers].flatMap((key) => [`${place} ${key}`, `${place + 1} ${key}`]);
}
