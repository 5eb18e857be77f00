import { HARD, LADDERS, rank } from "./separators.js";
import { finer, GLUED, LOOSE, NESTED, TIED, type Glue, type Head, type Unit } from "./unit.js";

/** Neighbouring units that become one chunk. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly kind: Unit["kind"];
  /** What is to be repeated above it. */
  readonly heads: readonly Head[];
}

/** What a run takes at least, of the budget, unless that would split through a sentence or a line. */
const LEAST = 1 / 8;

/** What repeated heads weigh together at most, of the budget. */
const HEADS = 1 / 3;

interface Placed extends Unit {
  /** How good it is to split before it. */
  readonly standing: number;
}

/**
 * Splits units into runs that fit: before the unit of the highest standing, which leaves enough on both sides, and both
 * sides likewise until each fits. Where no unit is such, the heaviest is taken apart. No split hangs on how many chunks
 * came before it, so an edit moves only those around it.
 *
 * @param budget a run's greatest weight.
 */
export function fit(text: string, units: readonly Unit[], budget: number, emit: (run: Run) => void): void {
  new Fitter(text, budget, emit).visit(units.map((unit) => ({ ...unit, standing: standing(text, unit) })));
}

class Fitter {
  /** Units' own units, which are asked for again and again; with those that are found however small they are. */
  readonly #finer = [new Map<Unit, readonly Unit[]>(), new Map<Unit, readonly Unit[]>()] as const;

  constructor(
    private readonly text: string,
    private readonly budget: number,
    private readonly emit: (run: Run) => void,
  ) {}

  visit(units: readonly Placed[]): void {
    const sums = new Float64Array(units.length + 1);
    units.forEach(({ weight }, index) => (sums[index + 1] = (sums[index] ?? 0) + weight));
    const within = (from: number, to: number): void => {
      const [first, last] = [units[from], units[to - 1]];
      if (!first || !last) return;
      const heads = repeated(first, this.budget * HEADS);
      const run = { start: first.start, end: last.end, kind: first.kind, heads };
      const weight = heads.reduce((sum, head) => sum + head.weight, (sums[to] ?? 0) - (sums[from] ?? 0));
      const next = weight <= this.budget ? undefined : this.#next(units, sums, from, to);
      if (next === undefined) this.emit(run);
      else if (typeof next === "object") this.visit(next);
      else {
        within(from, next);
        within(next, to);
      }
    };
    within(0, units.length);
  }

  /** Where to split, or the units with one of them taken apart; nothing where neither is possible. */
  #next(
    units: readonly Placed[],
    sums: Float64Array,
    from: number,
    to: number,
  ): number | readonly Placed[] | undefined {
    const least = this.budget * LEAST;
    return (
      highest(units, sums, { from, to, least, glue: LOOSE }) ??
      this.#takenApart(units, from, to, false) ??
      highest(units, sums, { from, to, least: 0, glue: LOOSE }) ??
      highest(units, sums, { from, to, least, glue: TIED }) ??
      this.#takenApart(units, from, to, true) ??
      highest(units, sums, { from, to, least: 0, glue: GLUED })
    );
  }

  /**
   * The units of a run with the heaviest that may be split in its own units' place.
   *
   * @param anyhow whether sentences and lines may be split that fit, unless they are so small that nothing is won.
   */
  #takenApart(units: readonly Placed[], from: number, to: number, anyhow: boolean): Placed[] | undefined {
    let heaviest = anyhow ? this.budget * LEAST : 0;
    let [best, own]: [number | undefined, readonly Unit[]] = [undefined, []];
    for (let index = from; index < to; index++) {
      const unit = units[index];
      if (!unit || unit.weight <= heaviest) continue;
      const soft = !anyhow && unit.weight + unit.heads.reduce((sum, { weight }) => sum + weight, 0) <= this.budget;
      const found = this.#unitsOf(unit, soft);
      if (found.length > 0) [heaviest, best, own] = [unit.weight, index, found];
    }
    const unit = best === undefined ? undefined : units[best];
    if (best === undefined || !unit) return undefined;
    const placed = own.map((part, at) =>
      at === 0
        ? { ...part, glue: unit.glue, standing: unit.standing }
        : { ...part, standing: standing(this.text, part) },
    );
    return [...units.slice(from, best), ...placed, ...units.slice(best + 1, to)];
  }

  #unitsOf(unit: Unit, soft: boolean): readonly Unit[] {
    const known = this.#finer[soft ? 0 : 1];
    const found = known.get(unit) ?? finer(this.text, unit, soft ? HARD[unit.kind] : LADDERS[unit.kind].length);
    known.set(unit, found);
    return found;
  }
}

/** The heads above a chunk that begins with a unit: the innermost, as many as have room. */
function repeated({ start, heads }: Unit, limit: number): readonly Head[] {
  const found: Head[] = [];
  let room = limit;
  for (const head of heads.toReversed()) {
    if (start < head.end) continue;
    room -= head.weight;
    if (room < 0) break;
    found.unshift(head);
  }
  return found;
}

const STEP = 2 ** 32;

/**
 * First by how deep the unit is nested or how far down the separator hierarchy it is cut off, then by what stands
 * there.
 */
function standing(text: string, { start, kind, depth, step }: Unit): number {
  const below = step === 0 ? depth : NESTED + step - 1;
  return rank(text, start, step > HARD[kind] ? 12 : 48) + STEP * (NESTED + 16 - below);
}

interface Wanted {
  readonly from: number;
  readonly to: number;
  /** So much is left on both sides. */
  readonly least: number;
  /** The most that may tie the unit to that before it. */
  readonly glue: Glue;
}

/** The split of the highest standing; of equal ones, that nearest to the middle. */
function highest(units: readonly Placed[], sums: Float64Array, { from, to, least, glue }: Wanted): number | undefined {
  const middle = (from + to) / 2;
  const [low, high] = [(sums[from] ?? 0) + least, (sums[to] ?? 0) - least];
  let [best, top]: [number | undefined, number] = [undefined, -1];
  for (let index = from + 1; index < to; index++) {
    const sum = sums[index] ?? 0;
    if (sum < low) continue;
    if (sum > high) break;
    const unit = units[index];
    if (!unit || unit.glue > glue) continue;
    const value = unit.standing;
    if (value > top || (value === top && best !== undefined && (index - middle) ** 2 < (best - middle) ** 2))
      [best, top] = [index, value];
  }
  return best;
}
