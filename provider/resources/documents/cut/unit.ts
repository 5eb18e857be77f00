import type { Section } from "./sections.js";
import { coarseJoints, LADDERS } from "./joints.js";
import { weigh, weighBetween } from "./tokens.js";

/** A block's opening that a later part makes no sense without. */
export interface Head {
  /** As it is repeated, with a line break behind. */
  readonly text: string;
  /** Where it ends in the document. */
  readonly end: number;
  readonly weight: number;
}

/** A part of the text that is best not cut, from `start` to `end`. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly kind: "prose" | "lines";
  /** The first step of its kind's ladder on which it may be cut. */
  readonly step: number;
  readonly head?: Head | undefined;
}

/** A section's blocks; its headings go with the first. */
export function unitsOf(text: string, { start, end, body }: Section): Unit[] {
  const starts = [start, ...body.slice(1).map((block) => block.start)];
  const weights = weighBetween(text, [...starts, end]);
  return starts.map((from, index) => ({ start: from, end: starts[index + 1] ?? end, weight: weights[index] ?? 0, kind: body[index]?.kind ?? "prose", step: 0 }));
}

/** The same units, with the heads that are to be repeated: those that weigh no more than `limit`. */
export function withHeads(text: string, { body }: Section, units: readonly Unit[], limit: number): Unit[] {
  return units.map((unit, index) => {
    const block = body[index];
    if (block?.head === undefined) return unit;
    const head = `${compact(text.slice(block.start, block.head))}\n`;
    const weight = weigh(head, 0, head.length);
    return weight <= limit ? { ...unit, head: { text: head, end: block.head, weight } } : unit;
  });
}

/** Tables are often drawn with spaces and dashes, which say nothing the second time. */
function compact(head: string): string {
  return head.replace(/(\S)[ \t]{2,}/gu, "$1 ").replace(/-{4,}/gu, "---");
}

/**
 * A unit's own units, by the first joints on its ladder that cut it; none where there are none below the step `below`.
 *
 * @param after where the first cut may be at the earliest, as far as that is possible.
 */
export function finer(text: string, unit: Unit, after: number, below: number = LADDERS[unit.kind].length): Unit[] {
  const { start, end, kind, head } = unit;
  const coarse = coarseJoints(text, start, end);
  if (coarse.length > 0) return between(text, unit, coarse, unit.step);
  // A head is not cut from the first line under it.
  const earliest = Math.max(after, head === undefined ? 0 : head.end + 1);
  for (const [step, joints] of LADDERS[kind].entries()) {
    if (step < unit.step || step >= below) continue;
    const found = joints(text, start, end);
    const later = found.filter((at) => at > earliest);
    if (later.length > 0) return between(text, unit, later, step + 1);
    // Below the sentences, a cut within the headings is better than none.
    if (found.length > 0 && step > 2) return between(text, unit, found, step + 1);
  }
  return [];
}

function between(text: string, { start, end, kind, head }: Unit, joints: readonly number[], step: number): Unit[] {
  const offsets = [start, ...joints, end];
  const weights = weighBetween(text, offsets);
  return weights.map((weight, index) => ({ start: offsets[index] ?? start, end: offsets[index + 1] ?? end, weight, kind, step, head }));
}
