import { HARD, LADDERS, rank } from "./joints.js";
import { finer, type Head, type Unit } from "./unit.js";

/** Neighbouring units that become one piece. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly kind: Unit["kind"];
  /** What is to be repeated above it. */
  readonly head: Head | undefined;
}

/** What runs must fit into. */
export interface Room {
  /** A run's greatest weight. */
  readonly budget: number;
  /** Where the first cut may be at the earliest, as far as that is possible. */
  readonly after: number;
}

/** What a run weighs at least, of its budget, unless that would cut through a sentence or a line. */
const LEAST = 1 / 8;

interface Placed extends Unit {
  /** How good it is to cut before it. */
  readonly standing: number;
}

/**
 * Cuts units into runs that fit: before the unit of the highest standing, which leaves enough on both sides, and both
 * sides likewise until each fits. Where no unit is such, the heaviest is taken apart. No cut hangs on how many pieces came
 * before it, so an edit moves only those around it.
 */
export function fit(text: string, units: readonly Unit[], room: Room, emit: (run: Run) => void): void {
  visit(text, units.map((unit, index) => ({ ...unit, standing: standing(text, unit, units[index - 1], 0) })), room, emit);
}

function visit(text: string, units: readonly Placed[], room: Room, emit: (run: Run) => void): void {
  const sums = new Float64Array(units.length + 1);
  units.forEach(({ weight }, index) => (sums[index + 1] = (sums[index] ?? 0) + weight));
  const within = (from: number, to: number): void => {
    const [first, last] = [units[from], units[to - 1]];
    if (!first || !last) return;
    const head = first.head && first.start > first.head.end ? first.head : undefined;
    if ((sums[to] ?? 0) - (sums[from] ?? 0) + (head?.weight ?? 0) <= room.budget) {
      emit({ start: first.start, end: last.end, kind: first.kind, head });
      return;
    }
    const good = highest(units, sums, from, to, room.budget * LEAST);
    const apart = good === undefined ? takenApart(text, units.slice(from, to), room) : undefined;
    const at = good ?? highest(units, sums, from, to, 0);
    if (apart) visit(text, apart, room, emit);
    else if (at === undefined) emit({ start: first.start, end: last.end, kind: first.kind, head });
    else {
      within(from, at);
      within(at, to);
    }
  };
  within(0, units.length);
}

/** The units with the heaviest of those that may be cut in its own units' place; nothing where none may. */
function takenApart(text: string, units: readonly Placed[], { budget, after }: Room): Placed[] | undefined {
  const order = [...units.keys()].sort((a, b) => (units[b]?.weight ?? 0) - (units[a]?.weight ?? 0));
  for (const index of order) {
    const unit = units[index];
    if (!unit) continue;
    const fits = unit.weight + (unit.head?.weight ?? 0) <= budget;
    const own = finer(text, unit, after, fits ? HARD[unit.kind] : LADDERS[unit.kind].length);
    if (own.length === 0) continue;
    const placed = own.map((part, at) => ({ ...part, standing: at === 0 ? unit.standing : standing(text, part, own[at - 1], part.step) }));
    return [...units.slice(0, index), ...placed, ...units.slice(index + 1)];
  }
  return undefined;
}

const STEP = 2 ** 32;

/** First by the ladder's step, then by what stands there. What ends in a colon leads up to what follows. */
function standing(text: string, { start, kind }: Unit, before: Unit | undefined, step: number): number {
  const leadsUp = before !== undefined && step <= HARD[kind] && text.slice(before.end - 8 > before.start ? before.end - 8 : before.start, before.end).trimEnd().endsWith(":");
  return rank(text, start, step > HARD[kind] ? 12 : 48) + STEP * (16 - step - (leadsUp ? 8 : 0));
}

/** The cut of the highest standing that leaves at least so much on both sides; of equal ones, that nearest to the middle. */
function highest(units: readonly Placed[], sums: Float64Array, from: number, to: number, least: number): number | undefined {
  const middle = (from + to) / 2;
  const [low, high] = [(sums[from] ?? 0) + least, (sums[to] ?? 0) - least];
  let [best, top]: [number | undefined, number] = [undefined, -1];
  for (let index = from + 1; index < to; index++) {
    const sum = sums[index] ?? 0;
    if (sum < low) continue;
    if (sum > high) break;
    const value = units[index]?.standing ?? 0;
    if (value > top || (value === top && best !== undefined && (index - middle) ** 2 < (best - middle) ** 2)) [best, top] = [index, value];
  }
  return best;
}
