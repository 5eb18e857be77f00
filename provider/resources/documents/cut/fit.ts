import { FINE, rank } from "./joints.js";
import { weigh } from "./tokens.js";
import { finer, type Unit } from "./unit.js";

/** Neighbouring units that become one piece. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly head: Unit["head"];
}

/** What runs must fit into. */
export interface Room {
  /** A run's greatest weight. */
  readonly budget: number;
  /** What repeating a head may weigh at most; heavier ones are not repeated. */
  readonly headLimit: number;
  /** Where the first cut may be at the earliest, as far as that is possible. */
  readonly after: number;
}

/**
 * Cuts units into runs that fit: before the unit whose first characters rank highest, and both sides likewise until each
 * fits. No cut hangs on how many pieces came before it, so an edit moves only those around it.
 */
export function fit(text: string, units: readonly Unit[], room: Room, emit: (run: Run) => void): void {
  const ranks = units.map((unit, index) => standing(text, unit, units[index - 1]));
  const sums = new Float64Array(units.length + 1);
  units.forEach(({ weight }, index) => (sums[index + 1] = (sums[index] ?? 0) + weight));
  const visit = (from: number, to: number): void => {
    const [first, last] = [units[from], units[to - 1]];
    if (!first || !last) return;
    const weight = (sums[to] ?? 0) - (sums[from] ?? 0);
    if (weight <= room.budget) emit({ start: first.start, end: last.end, head: first.head });
    else if (to - from === 1) refine(text, first, room, emit);
    else {
      const at = highest(ranks, from, to);
      visit(from, at);
      visit(at, to);
    }
  };
  visit(0, units.length);
}

/** A block with a head, once it is cut, has its head in front of every part. */
function refine(text: string, unit: Unit, room: Room, emit: (run: Run) => void): void {
  const own = unit.step === 0 ? headWeight(text, unit, room) : 0;
  const kept = own === 0 && unit.step === 0 ? { ...unit, head: undefined } : unit;
  const units = finer(text, kept, room.after);
  if (units.length === 0) emit({ start: kept.start, end: kept.end, head: kept.head });
  else fit(text, units, { ...room, budget: room.budget - own }, emit);
}

function headWeight(text: string, { head }: Unit, { headLimit }: Room): number {
  if (!head) return 0;
  const weight = weigh(text, head.start, head.end) + 1;
  return weight <= headLimit ? weight : 0;
}

const HIGH = 2 ** 32;

/** How good it is to cut before a unit. What ends in a colon leads up to what follows. */
function standing(text: string, { start, step }: Unit, before: Unit | undefined): number {
  const leadsUp = before !== undefined && text.slice(Math.max(before.start, before.end - 8), before.end).trimEnd().endsWith(":");
  return rank(text, start, step > FINE ? 12 : 48) + (leadsUp ? 0 : HIGH);
}

/** The cut of the highest standing between two; of equal ones, that nearest to the middle. */
function highest(ranks: readonly number[], from: number, to: number): number {
  const middle = (from + to) / 2;
  let best = from + 1;
  for (let index = from + 2; index < to; index++) {
    const [value = 0, top = 0] = [ranks[index], ranks[best]];
    if (value > top || (value === top && Math.abs(index - middle) < Math.abs(best - middle))) best = index;
  }
  return best;
}
