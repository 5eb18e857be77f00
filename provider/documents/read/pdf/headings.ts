import { lettersOf } from "../letters.js";
import type { Line, Mark, PrintedPage } from "./page.js";

/**
 * A heading among a page's lines: in the place of some, or before the line at `from` where the page does not print it.
 */
export interface PlacedMark {
  readonly mark: Mark;
  readonly from: number;
  /** Behind the last line that is the heading; as much as `from` where there is none. */
  readonly to: number;
}

/** A heading is printed in so many lines at most. */
const LINES = 4;

/** What stands before a heading in one of both alone. */
const NUMBER = /^(?:chapter|part|appendix|section|kapitel|chapitre|capítulo|abschnitt)?(?:\d+|[a-z](?=\d))*/u;

/** Finds a page's headings, in the order of its lines. */
export function placed(page: PrintedPage, marks: readonly Mark[]): PlacedMark[] {
  const used = new Set<number>();
  const found = marks.map((mark): PlacedMark => {
    const place = printedAt(page.lines, mark, used);
    for (let index = place.from; index < place.to; index++) used.add(index);
    return { mark, ...place };
  });
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

function printedAt(
  lines: readonly Line[],
  { title, y }: Mark,
  used: ReadonlySet<number>,
): { from: number; to: number } {
  let best: { from: number; to: number; distance: number } | undefined;
  const wanted = lettersOf(title);
  for (const [from, line] of lines.entries()) {
    let text = "";
    for (let to = from; to < Math.min(from + LINES, lines.length) && !used.has(to); to++) {
      text += lettersOf(lines[to]?.text ?? "");
      const distance = y === undefined ? 0 : Math.abs(y - line.y - line.size);
      if (isSame(text, wanted) && (!best || distance < best.distance)) best = { from, to: to + 1, distance };
    }
  }
  if (best) return best;
  const below = y === undefined ? 0 : lines.findIndex((line) => line.y <= y);
  const from = below < 0 ? lines.length : below;
  return { from, to: from };
}

function isSame(printed: string, wanted: string): boolean {
  if (printed === wanted) return true;
  const [one, other] = [printed.replace(NUMBER, ""), wanted.replace(NUMBER, "")];
  return one !== "" && one === other;
}
