import type { Extracted } from "../extract/extracted.js";
import { breadcrumb } from "./breadcrumb.js";
import { coarseJoints, JOINTS, rank } from "./joints.js";
import { makePiece, type Piece } from "./piece.js";
import { sections, type Section } from "./sections.js";
import { estimateTokens, weigh } from "./tokens.js";

/** How documents are cut. */
export interface CutSettings {
  /** A piece's most tokens by the estimate, breadcrumb and overlap included; at least 64. */
  readonly maxTokens: number;
  /** Tokens of the piece before with which a piece begins, unless it begins a section; less than half of `maxTokens`. */
  readonly overlapTokens: number;
}

/** A part of the text, and its place on the ladder of joints. */
interface Unit {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly kind: "prose" | "lines";
  readonly head?: { readonly start: number; readonly end: number };
  readonly level: number;
}

/**
 * Cuts a document into pieces of at most `maxTokens`. Every heading begins one. A section that is too long is cut where
 * the text that follows ranks highest, and its parts likewise until each fits: what is cut where hangs on the text
 * alone, so an edit leaves all pieces but those around it as they were.
 */
export function cut(extracted: Extracted, settings: CutSettings): Piece[] {
  return sections(extracted).flatMap((section) => cutSection(extracted.text, section, settings));
}

function cutSection(text: string, section: Section, { maxTokens, overlapTokens }: CutSettings): Piece[] {
  const limit = maxTokens / 4;
  const first = leadOf(breadcrumb(section.above, limit));
  const later = leadOf(breadcrumb(section.path, limit));
  const whole = text.slice(section.start, section.end).trimEnd();
  if (estimateTokens(first) + estimateTokens(whole) <= maxTokens) return [piece(first, whole, section)];
  const budget = maxTokens - Math.max(estimateTokens(first), estimateTokens(later)) - 1;
  return fit(text, unitsOf(text, section), budget - overlapTokens).flatMap(({ start, end }) => {
    const own = text.slice(start, end).trim();
    return own === "" ? [] : [piece(start === section.start ? first : later, own, section)];
  });
}

const leadOf = (line: string): string => (line === "" ? "" : `${line}\n\n`);

function piece(lead: string, text: string, { path }: Section): Piece {
  return makePiece(lead, text, path, estimateTokens(lead + text));
}

function unitsOf(text: string, { start, end, body }: Section): Unit[] {
  if (body.length === 0) return [unit(text, start, end, "prose", 0)];
  return body.map((block, index) => unit(text, index === 0 ? start : block.start, body[index + 1]?.start ?? end, block.kind, 0));
}

const unit = (text: string, start: number, end: number, kind: Unit["kind"], level: number): Unit => ({ start, end, kind, level, weight: weigh(text, start, end) });

interface Run {
  readonly start: number;
  readonly end: number;
}

/** The runs of units that fit, by the highest rank first. */
function fit(text: string, units: readonly Unit[], budget: number): Run[] {
  const found: Run[] = [];
  const ranks = units.map(({ start, level }) => rank(text, start, level > 2 ? 8 : 48));
  const visit = (from: number, to: number): void => {
    let weight = 0;
    for (let index = from; index < to; index++) weight += units[index]?.weight ?? 0;
    const [first, last] = [units[from], units[to - 1]];
    if (!first || !last) return;
    if (weight <= budget) found.push({ start: first.start, end: last.end });
    else if (to - from === 1) found.push(...fit(text, finer(text, first), budget));
    else {
      const at = highest(ranks, from, to);
      visit(from, at);
      visit(at, to);
    }
  };
  visit(0, units.length);
  return found;
}

/** The joint of the highest rank; of equal ones the one nearest to the middle. */
function highest(ranks: readonly number[], from: number, to: number): number {
  const middle = (from + to) / 2;
  let best = from + 1;
  for (let index = from + 2; index < to; index++) {
    const [value = 0, top = 0] = [ranks[index], ranks[best]];
    if (value > top || (value === top && Math.abs(index - middle) < Math.abs(best - middle))) best = index;
  }
  return best;
}

/** A unit's own units: by the next joints on the ladder that cut it at all. */
function finer(text: string, { start, end, kind, level }: Unit): Unit[] {
  const coarse = coarseJoints(text, start, end);
  if (coarse.length > 0) return between(text, start, end, coarse, kind, level);
  const ladder = JOINTS[kind];
  for (let next = level; next < ladder.length; next++) {
    const joints = ladder[next]?.(text, start, end) ?? [];
    if (joints.length > 0) return between(text, start, end, joints, kind, next + 1);
  }
  return [{ start, end, kind, level, weight: 0 }];
}

function between(text: string, start: number, end: number, joints: readonly number[], kind: Unit["kind"], level: number): Unit[] {
  return [start, ...joints].map((from, index) => unit(text, from, joints[index] ?? end, kind, level));
}

/** Cuts one piece into about `n` equal ones, each under the breadcrumb, for an API that counts more tokens than the estimate. */
export function parts(whole: Piece, n: number): Piece[] {
  const { text, content, headings } = whole;
  const lead = content.slice(0, content.length - text.length);
  const units = finer(text, { start: 0, end: text.length, kind: "prose", level: 3, weight: 0 });
  const share = weigh(text, 0, text.length) / n;
  const groups: string[] = [];
  let [from, weight] = [0, 0];
  for (const { end, weight: more } of units) {
    weight += more;
    if (weight < share * (groups.length + 1) && end < text.length) continue;
    groups.push(text.slice(from, end).trim());
    from = end;
  }
  return groups.filter((group) => group !== "").map((group) => makePiece(lead, group, headings, estimateTokens(lead + group)));
}
