import { clean } from "../decode.js";
import type { Line } from "./page.js";

/** A run of letters in one font. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly isMonospaced: boolean;
  /** Whether a space is drawn before it. */
  readonly isSpaced?: boolean;
  /** Whether it is what the run before it is divided by. */
  readonly isDenominator?: boolean;
}

/** Gaps by the size of letters: of a word, and of a column. */
const WORD_GAP = 0.18;
const COLUMN_GAP = 1.8;

/** Columns of code that a gap takes at most. */
export const WIDEST = 200;

/**
 * How far off the base line a run may be to be in the same line, in exactly the same, and raised, by the size of
 * letters.
 */
const SAME_LINE = 0.55;
const EXACT = 0.05;
const RAISED = 0.15;
/** How much smaller than its line a raised run is at least. */
const SMALLER = 0.85;

/** Puts the runs of a page together to lines, in their order. */
export function linesOf(runs: readonly Run[]): Line[] {
  const lines: Line[] = [];
  let line: Run[] = [];
  const finish = (): void => {
    const made = lineOf(line);
    if (made) lines.push(made);
    line = [];
  };
  let isSpaced = false;
  for (const drawn of runs) {
    if (drawn.text.trim() === "") {
      isSpaced ||= drawn.text !== "";
      continue;
    }
    const run = isSpaced ? { ...drawn, isSpaced } : drawn;
    isSpaced = false;
    const before = line.findIndex((other) => isBefore(run, other));
    const last = line.at(before < 0 ? -1 : before - 1);
    if (last && isDenominator(run, last, line)) {
      line.push({ ...run, text: `/${run.text}`, isDenominator: true });
      continue;
    }
    if (before === 0 || (before > 0 && last && goesOn(last, run))) line.splice(before, 0, run);
    else {
      if (last && !goesOn(last, run)) finish();
      line.push(run);
    }
  }
  finish();
  return withMarkers(lines);
}

const MARKER = /^(?:[•◦▪‣–●○■]|\d{1,3}\.)$/u;

/** How far a marker is from its line at most, by the size of letters. */
const MARKER_GAP = 3;

/** The lines with the markers of lists before those that they belong to: some are drawn when all else is. */
function withMarkers(lines: readonly Line[]): Line[] {
  const found: Line[] = [];
  for (const line of lines) {
    const own = MARKER.test(line.text) ? found.findLastIndex((other) => isMarkedBy(other, line)) : -1;
    const marked = found[own];
    if (marked) found[own] = { ...marked, text: `${line.text} ${marked.text}`, x: line.x };
    else found.push(line);
  }
  return found;
}

function isMarkedBy(line: Line, marker: Line): boolean {
  const gap = line.x - marker.right;
  return Math.abs(line.y - marker.y) <= line.size * RAISED && gap > 0 && gap < line.size * MARKER_GAP;
}

function goesOn(last: Run, run: Run): boolean {
  const size = Math.max(last.size, run.size);
  return Math.abs(run.y - last.y) <= size * SAME_LINE && run.x >= last.x + last.width - size / 2;
}

/**
 * Whether a small run stands below another one, with the line's base line between them: the bar is drawn and no text.
 */
function isDenominator(run: Run, last: Run, line: readonly Run[]): boolean {
  const main = mainOf(line);
  if (!main || last === main || last.size >= main.size * SMALLER || Math.abs(run.size - last.size) > last.size * RAISED)
    return false;
  const middles = [last, run].map(({ x, width }) => x + width / 2);
  const [above = 0, below = 0] = middles;
  return last.y > main.y && run.y < main.y && Math.abs(above - below) <= Math.max(last.width, run.width) / 2;
}

function mainOf(runs: readonly Run[]): Run | undefined {
  return runs.reduce<Run | undefined>(
    (best, run) => (best && best.size * best.text.length >= run.size * run.text.length ? best : run),
    undefined,
  );
}

/** What stands at a line's right end may be drawn first. */
function isBefore(run: Run, other: Run): boolean {
  return Math.abs(run.y - other.y) < run.size * EXACT && run.x + run.width + run.size * COLUMN_GAP < other.x;
}

function lineOf(runs: readonly Run[]): Line | undefined {
  const main = mainOf(runs);
  const [first, last] = [runs[0], runs.at(-1)];
  if (!main || !first || !last) return undefined;
  const parts = runs.map(
    (run, index) =>
      (run.isDenominator
        ? ""
        : gapBefore(run, runs[index - 1]) + (runs[index + 1]?.isDenominator ? "" : raised(run, main))) + run.text,
  );
  return {
    text: clean(
      parts.join("").replace(ACCENT, (_, accent: string, letter: string) => letter + (COMBINED[accent] ?? "")),
    )
      .replace(/\s*\t\s*/gu, "  ")
      .trim(),
    x: first.x,
    right: last.x + last.width,
    y: main.y,
    size: main.size,
    isMonospaced: runs.every(({ isMonospaced }) => isMonospaced),
  };
}

/** Accents that are printed before their letters, as TeX does. */
const COMBINED: Readonly<Record<string, string>> = { "¨": "\u0308", "´": "\u0301", ˇ: "\u030c", "˝": "\u030b" };
const ACCENT = /([¨´ˇ˝]) ?([a-zı])/giu;

function gapBefore(run: Run, before: Run | undefined): string {
  if (!before) return "";
  const gap = run.x - before.x - before.width;
  // A font may say that its letters have no width.
  if (run.isMonospaced && before.isMonospaced && run.width > 0)
    return " ".repeat(Math.min(WIDEST, Math.max(0, Math.round((gap * run.text.length) / run.width))));
  if (gap > run.size * COLUMN_GAP) return "\t";
  const isApart = gap > run.size * WORD_GAP || (run.isSpaced === true && gap > 0);
  return isApart && !/\s$/u.test(before.text) ? " " : "";
}

/** A power must not become a digit of its number, nor the sign of a note one of its word. */
function raised(run: Run, main: Run): string {
  return run.size < main.size * SMALLER && run.y > main.y + main.size * RAISED && /^[\p{L}\p{N}]/u.test(run.text)
    ? "^"
    : "";
}
