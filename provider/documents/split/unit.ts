import { coarseSeparators, LADDERS } from "./separators.js";
import { estimateTokensBetween } from "../../text/tokens.js";

/** Where a block begins that a later part makes no sense without: a table's head, a term, a value's name, a fence. */
export interface Head {
  /** As it is repeated, with what parts it from the rest. */
  readonly text: string;
  /** Where the block goes on behind it, in the section's text. */
  readonly end: number;
  readonly weight: number;
}

/** Whether a unit may begin a chunk. */
export type Glue = typeof LOOSE | typeof TIED | typeof GLUED;
export const LOOSE = 0;
/** What stands before it leads up to it. */
export const TIED = 1;
/** What stands before it makes no sense alone: a heading, a table's head, a term. */
export const GLUED = 2;

/** A part of a section's text that is best not split, from `start` to `end`. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly kind: "prose" | "lines";
  readonly glue: Glue;
  /** What is repeated above a chunk that begins in it, from the outermost. */
  readonly heads: readonly Head[];
  /** How deep it is nested. */
  readonly depth: number;
  /** The first step of its kind's separator hierarchy on which it may be split. */
  readonly step: number;
  /** What it is made of, where that is not text alone. */
  readonly inner?: readonly Unit[] | (() => readonly Unit[]) | undefined;
}

/** Steps that nesting takes before those of the separators. */
export const NESTED = 32;

/**
 * A unit's own units: those that it is made of, or else by the first separators in its separator hierarchy that split
 * it; none where there are none below the step `below`.
 */
export function finer(text: string, unit: Unit, below: number = LADDERS[unit.kind].length): readonly Unit[] {
  if (unit.inner) return typeof unit.inner === "function" ? unit.inner() : unit.inner;
  const { start, end, kind, heads } = unit;
  const coarse = coarseSeparators(text, start, end);
  if (coarse.length > 0) return between(text, unit, coarse, unit.step);
  // A head is not split from what follows it.
  const head = heads.at(-1)?.end ?? 0;
  const earliest = head > start ? head : 0;
  for (const [step, separators] of LADDERS[kind].entries()) {
    if (step < unit.step || step >= below) continue;
    const found = separators(text, start, end);
    const later = found.filter((at) => at > earliest);
    if (later.length > 0) return between(text, unit, later, step + 1);
    // Below the sentences, a split there is better than none.
    if (found.length > 0 && step > 2) return between(text, unit, found, step + 1);
  }
  return [];
}

function between(text: string, unit: Unit, separators: readonly number[], step: number): Unit[] {
  const { start, end, kind, heads, depth } = unit;
  const offsets = [start, ...separators, end];
  const weights = estimateTokensBetween(text, offsets);
  return weights.map((weight, index) => ({
    start: offsets[index] ?? start,
    end: offsets[index + 1] ?? end,
    weight,
    kind,
    glue: index === 0 ? unit.glue : LOOSE,
    heads,
    depth,
    step,
  }));
}
