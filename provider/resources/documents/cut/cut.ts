import type { Extracted } from "../extract/extracted.js";
import { breadcrumb } from "./breadcrumb.js";
import { fit, type Run } from "./fit.js";
import { lines, sentences, words } from "./joints.js";
import { makePiece, type Piece } from "./piece.js";
import { sections, type Section } from "./sections.js";
import { estimateTokens, weigh } from "./tokens.js";
import { unitsOf, withHeads } from "./unit.js";

export { parts } from "./parts.js";

/** How documents are cut. */
export interface CutSettings {
  /** A piece's most tokens by the estimate, breadcrumb and overlap included; at least 64. */
  readonly maxTokens: number;
  /** Tokens of the piece before with which a piece begins at most, unless it begins a section; less than half of `maxTokens`. */
  readonly overlapTokens: number;
}

/**
 * Cuts a document into pieces of at most `maxTokens`. Every heading begins one, but that those without text of their own
 * go with the next. What is cut where within a section hangs on the text around alone, so an edit of a paragraph leaves
 * all pieces as they were but the one that it is in and that one's neighbours.
 */
export function cut(extracted: Extracted, settings: CutSettings): Piece[] {
  return sections(extracted).flatMap((section) => cutSection(extracted.text, section, settings));
}

/** A breadcrumb or a repeated head takes a quarter of a piece at most, each. */
const SHARE = 1 / 4;

/** What a text's first run may weigh more alone than in its place, and rounding. */
const SLACK = 3;

function cutSection(text: string, section: Section, { maxTokens, overlapTokens }: CutSettings): Piece[] {
  const limit = maxTokens * SHARE;
  const first = leadOf(section.above, limit);
  const units = unitsOf(text, section);
  const tokens = estimateTokens(first) + Math.ceil(units.reduce((sum, { weight }) => sum + weight, 0));
  if (tokens <= maxTokens) return [makePiece(first, text.slice(section.start, section.end).trimEnd(), section.path, tokens)];
  const later = leadOf(section.path, limit);
  const budget = maxTokens - Math.max(estimateTokens(first), estimateTokens(later)) - overlapTokens - SLACK;
  const pieces: Piece[] = [];
  const room = { budget, after: section.body[0]?.start ?? section.start };
  fit(text, withHeads(text, section, units, budget * SHARE), room, (run) => {
    const from = run.start === section.start ? run.start : overlapFrom(text, section.start, run, overlapTokens);
    const lead = run.start === section.start ? first : later + (run.head?.text ?? "");
    if (text.slice(run.start, run.end).trim() !== "") pieces.push(makePiece(lead, text.slice(from, run.end).trim(), section.path));
  });
  return pieces;
}

function leadOf(headings: readonly string[], limit: number): string {
  const line = breadcrumb(headings, limit);
  return line === "" ? "" : `${line}\n\n`;
}

/** Where a piece begins that repeats the end of the one before: at a sentence or a line, or else at a word. */
function overlapFrom(text: string, section: number, { start, kind, head }: Run, tokens: number): number {
  if (tokens === 0) return start;
  const window = Math.max(head === undefined ? section : head.end + 1, start - tokens * 8);
  for (const joints of [kind === "lines" ? lines : sentences, words]) {
    const from = joints(text, window, start).find((at) => weigh(text, at, start) <= tokens);
    if (from !== undefined) return from;
  }
  return start;
}
