import type { Line, PrintedPage } from "./page.js";

/** What stands above an index. */
const TITLE =
  /^(?:(?:[\p{L}&]+ ){0,4}index|indexes|indices|(?:stichwort|sach|personen|namen)(?:verzeichnis|register)|index alphabétique|índice (?:alfabético|analítico|de materias)|indice analitico|(?:предметный|алфавитный) указатель|索引)$/iu;

/** An entry, or the rest of one in a line of its own, ends in the pages that it is on. */
const ENTRY = /(?:^|[\s,.…])(?:\d{1,4}|[ivxlc]{1,6})(?:\s?[-–—]\s?\d{1,4})?(?:\s?(?:ff?|n)\.?)?,?$/u;

/** What parts an index. */
const LETTER = /^\P{L}*\p{L}?\P{L}*$/u;

/** So many lines at least, and so great a part of them, make an index. */
const LEAST = 8;
const PART = 0.6;

/**
 * The pages without an index at the document's end: where something is said is of no use without pages, and each of its
 * words is said there.
 */
export function withoutIndex(pages: readonly PrintedPage[]): readonly PrintedPage[] {
  let isWithin = false;
  return pages.map((page) => {
    const title = isWithin ? -1 : page.lines.findIndex(({ text }) => TITLE.test(text));
    if (!isWithin && title < 0) return page;
    isWithin = isIndex(page.lines.slice(title + 1), isWithin ? 1 : LEAST);
    return isWithin ? { ...page, wasContents: true, lines: page.lines.slice(0, Math.max(0, title)) } : page;
  });
}

function isIndex(lines: readonly Line[], least: number): boolean {
  const telling = lines.filter(({ text }) => !LETTER.test(text) || ENTRY.test(text));
  return telling.length >= least && telling.filter(({ text }) => ENTRY.test(text)).length >= telling.length * PART;
}
