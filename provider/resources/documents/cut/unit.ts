import type { Section } from "./sections.js";
import { coarseJoints, LADDERS } from "./joints.js";
import { weighBetween } from "./tokens.js";

/** A part of the text that is best not cut, from `start` to `end`. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly kind: "prose" | "lines";
  /** The first step of its kind's ladder on which it may be cut. */
  readonly step: number;
  /** From where to where its opening stands that a later part makes no sense without. */
  readonly head?: { readonly start: number; readonly end: number } | undefined;
}

/** A section's blocks; its headings go with the first. */
export function unitsOf(text: string, { start, end, body }: Section): Unit[] {
  const starts = [start, ...body.slice(1).map((block) => block.start)];
  const weights = weighBetween(text, [...starts, end]);
  return starts.map((from, index) => {
    const block = body[index];
    const head = block?.head === undefined ? undefined : { start: block.start, end: block.head };
    return { start: from, end: starts[index + 1] ?? end, weight: weights[index] ?? 0, kind: block?.kind ?? "prose", step: 0, head };
  });
}

/**
 * A unit's own units, by the first joints on its ladder that cut it; none where it is a single character.
 *
 * @param after where the first cut may be at the earliest, as far as that is possible.
 */
export function finer(text: string, unit: Unit, after: number): Unit[] {
  const { start, end, kind } = unit;
  const coarse = coarseJoints(text, start, end);
  if (coarse.length > 0) return between(text, unit, coarse, unit.step);
  for (const [step, joints] of LADDERS[kind].entries()) {
    if (step < unit.step) continue;
    const found = joints(text, start, end);
    const later = found.filter((at) => at > after);
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
