import type { Line, PrintedPage } from "./page.js";

/** The parts of a page, by its height, in which running heads and feet stand, and how many lines of them. */
const BAND = 0.13;
const LINES = 3;

/** How far up or down a line may be on another page to be the same, in points. */
const SHIFT = 3;

/** On so many pages, and so great a part of all, a line is a running one. Those of a chapter are on fewer. */
const LEAST = 3;
const PART = 0.4;

/** A table of contents' line: a title, dots, a page. */
const LEADER = /(?:\s?[.․…·]){5,}\s*[\divxlc]*$/iu;

/** What a browser prints around a page, of which there may be one only: its address, and when it was. */
const BROWSER_FOOT = /^[a-z]+:\/\/\S+\s+\d+\/\d+$/iu;
const BROWSER_HEAD = /^\d[\d./-]*,?\s\d{1,2}[:.]\d{2}\b/u;

/** What parts an index. */
const LETTER = /^\p{L}$/u;

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
    const wasContents = page.lines.some(({ text }) => LEADER.test(text));
    const isContents = ({ text }: Line): boolean => LEADER.test(text) || (wasContents && LETTER.test(text));
    return { ...page, wasContents, lines: page.lines.filter((line) => !edges.has(line) && !isContents(line)) };
  });
  return left.some(({ lines }) => lines.length > 0) ? left : pages;
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
