import type { Block, Heading, Page } from "../../tree.js";
import {
  blocksOf,
  endsInParagraph,
  isWithinSentence,
  joinedAcross,
  withTerms,
  type Habits,
  type Printed,
} from "./blocks.js";
import { placed } from "./headings.js";
import { joined, vocabularyOf } from "./join.js";
import type { Line, PrintedDocument, PrintedPage } from "./page.js";
import { withoutIndex } from "./index-pages.js";
import { withoutRunning } from "./running.js";

/** Where more is in letters of the same width, they tell nothing. */
const MOST_CODE = 0.7;

/** The pages of a document as blocks. A sentence that goes on across pages is on the first of them. */
export function layOut(document: PrintedDocument): Page[] {
  const pages = withoutIndex(withoutRunning(document.pages));
  const habits = habitsOf(pages);
  const found: { number: number; blocks: Block[] }[] = [];
  let last: { readonly on: Block[]; readonly line: Line } | undefined;
  for (const page of pages) {
    const blocks: Block[] = [];
    for (const part of partsOf(page, document, habits)) {
      if ("first" in part) {
        const { block, first } = part;
        const before = last?.on.at(-1);
        if (
          last &&
          before &&
          endsInParagraph(before) &&
          block.kind === "paragraph" &&
          last.on !== blocks &&
          isWithinSentence(last.line, first)
        ) {
          last.on.splice(-1, 1, joinedAcross(before, block, habits.vocabulary));
          last = { on: last.on, line: part.last };
          continue;
        }
        blocks.push(block);
        last = { on: blocks, line: part.last };
      } else {
        blocks.push(part);
        last = undefined;
      }
    }
    if (page.fields.length > 0) blocks.push({ kind: "entry", fields: page.fields });
    if (blocks.length > 0) found.push({ number: page.number, blocks });
  }
  return found.map((page) => ({ kind: "page", ...page }));
}

function partsOf(page: PrintedPage, { marks, title }: PrintedDocument, habits: Habits): (Printed | Heading)[] {
  const found: (Printed | Heading)[] = [];
  let at = 0;
  for (const { mark, from, to } of placed(
    page,
    marks.filter((own) => own.page === page.number),
  )) {
    found.push(...withTerms(blocksOf(page.lines.slice(at, from), habits)));
    const words = page.lines.slice(from, to).map(({ text }) => text.replace(/\s+/gu, " "));
    const text =
      words.length === 0 ? mark.title : words.reduce((before, line) => joined(before, line, habits.vocabulary));
    if (text !== title || found.length > 0) found.push({ kind: "heading", level: mark.level, title: text, text });
    at = Math.max(at, to);
  }
  found.push(...withTerms(blocksOf(page.lines.slice(at), habits)));
  // A heading of what was left out goes with it.
  return page.wasContents === true
    ? found.filter((part, index) => "first" in part || "first" in (found[index + 1] ?? {}))
    : found;
}

function habitsOf(pages: readonly PrintedPage[]): Habits {
  const lines = pages.flatMap((page) => page.lines);
  const code = lines.filter(({ isMonospaced }) => isMonospaced).length;
  return { vocabulary: vocabularyOf(lines), leading: leadingOf(pages), hasCode: code <= lines.length * MOST_CODE };
}

/** The commonest distance of lines, by the size of letters. */
function leadingOf(pages: readonly PrintedPage[]): number {
  const counts = new Map<number, number>();
  for (const { lines } of pages) {
    for (const [index, line] of lines.entries()) {
      const before = lines[index - 1];
      if (before?.size !== line.size) continue;
      const distance = Math.round(((before.y - line.y) / line.size) * 20) / 20;
      if (distance > 0.9 && distance < 3) counts.set(distance, (counts.get(distance) ?? 0) + 1);
    }
  }
  const [[commonest] = [1.2]] = [...counts].sort(([, a], [, b]) => b - a);
  return commonest;
}
