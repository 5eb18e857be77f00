import type { Crypter } from "../secrets/passphrase.js";
import type { StackPlace } from "./backend.js";
import type { Loaded } from "./checkpoint.js";
import { Journal } from "./journal.js";
import { open, type Operation, type ResourceState, seal } from "./resource.js";
import { type Entry, Rows } from "./rows.js";

/** What a finished step did to the state. */
export interface Change {
  /** The state that the step made. */
  readonly add?: ResourceState;
  /** States that are no more. */
  readonly drop?: readonly ResourceState[];
  /** States that stay where they are, with new content: `[what it was, what it is]`. */
  readonly set?: readonly (readonly [was: ResourceState, is: ResourceState])[];
  readonly refreshed?: boolean;
}

/** Where steps record what they are about to do and what they did. */
export interface StateLog {
  /** Resolves with a ticket once the intent is on the disk. */
  begin(type: Operation["type"], resource: ResourceState): Promise<number>;
  /** Resolves once the change is on the disk. */
  end(ticket: number | undefined, change: Change): Promise<void>;
}

/** The log of previews: nothing is kept. */
export const NO_LOG: StateLog = { begin: () => Promise.resolve(0), end: () => Promise.resolve() };

/** Whole checkpoints are written at most this often, and never for more than a twentieth of the time. */
const FOLD_MS = 2_000;
const FOLD_SHARE = 20;

/** The state of one stack during one run, durable at every step. */
export class SnapshotManager implements StateLog {
  readonly resources: readonly ResourceState[];
  readonly #rows: Rows;
  readonly #journal: Journal;
  readonly #numbers = new Map<ResourceState, number>();
  #next: number;
  #foldAt = Date.now() + FOLD_MS;

  constructor(
    place: StackPlace,
    private readonly crypter: Crypter,
    { snapshot, digest }: Loaded,
  ) {
    this.#rows = new Rows(snapshot);
    this.resources = snapshot.resources.map((resource) => open(resource, crypter));
    this.resources.forEach((state, row) => this.#numbers.set(state, row));
    this.#next = this.resources.length;
    this.#journal = new Journal(place, digest);
  }

  async begin(type: Operation["type"], resource: ResourceState): Promise<number> {
    const ticket = this.#next++;
    await this.#record({ begin: [ticket, { resource: seal(resource, this.crypter), type }] });
    return ticket;
  }

  async end(ticket: number | undefined, { add, drop = [], set = [], refreshed }: Change): Promise<void> {
    if (add) this.#numbers.set(add, this.#next++);
    await this.#record({
      ...(ticket !== undefined && { end: ticket }),
      ...(drop.length > 0 && { drop: drop.map((state) => this.#row(state)) }),
      ...(set.length > 0 && { set: set.map(([was, is]) => [this.#row(was, is), seal(is, this.crypter)] as const) }),
      ...(add && { add: [this.#row(add), seal(add, this.crypter)] as const }),
      ...(refreshed !== undefined && { refreshed }),
    });
    if (Date.now() >= this.#foldAt) this.#fold();
  }

  /** Writes the whole checkpoint and ends the run's journal. */
  close(): void {
    this.#fold();
    this.#journal.close();
  }

  #record(entry: Entry): Promise<void> {
    this.#rows.apply(entry);
    return this.#journal.append(entry);
  }

  /** The number of a state's row. @param is - the state that has the row from now on. */
  #row(state: ResourceState, is = state): number {
    const row = this.#numbers.get(state);
    if (row === undefined) throw new Error(`${state.urn} has no row in the state`);
    this.#numbers.set(is, row);
    return row;
  }

  #fold(): void {
    const started = Date.now();
    this.#journal.fold({ ...this.#rows.snapshot, salt: this.crypter.salt }, this.#rows.layout);
    const now = Date.now();
    this.#foldAt = now + Math.max(FOLD_MS, FOLD_SHARE * (now - started));
  }
}
