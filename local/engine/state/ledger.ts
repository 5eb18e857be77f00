import type { Crypter } from "../secrets/passphrase.js";
import type { StackPlace } from "./backend.js";
import type { Loaded, Snapshot } from "./checkpoint.js";
import { Journal } from "./journal.js";
import type { Operation, ResourceState } from "./resource.js";
import { open, seal } from "./resource.js";
import type { Entry } from "./rows.js";
import { Rows } from "./rows.js";

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
export class Ledger implements StateLog {
  readonly resources: readonly ResourceState[];
  readonly #rows: Rows;
  readonly #journal: Journal;
  readonly #names = new Map<ResourceState, number>();
  readonly #salt: string;
  #next: number;
  #foldAt = Date.now() + FOLD_MS;

  constructor(
    place: StackPlace,
    private readonly crypter: Crypter,
    { snapshot, digest }: Loaded,
  ) {
    this.#salt = crypter.salt;
    this.#rows = new Rows(snapshot.resources, snapshot.pendingOperations);
    this.resources = snapshot.resources.map((resource) => open(resource, crypter));
    this.resources.forEach((state, row) => this.#names.set(state, row));
    this.#next = this.resources.length;
    this.#journal = new Journal(place, digest);
  }

  async begin(type: Operation["type"], resource: ResourceState): Promise<number> {
    const ticket = this.#next++;
    this.#record({ begin: [ticket, { resource: seal(resource, this.crypter), type }] });
    await this.#journal.synced();
    return ticket;
  }

  async end(ticket: number | undefined, change: Change): Promise<void> {
    const { add, drop = [], set = [], refreshed } = change;
    this.#record({
      ...(ticket !== undefined && { end: ticket }),
      ...(drop.length > 0 && { drop: drop.map((state) => this.#rowOf(state)) }),
      ...(set.length > 0 && { set: set.map(([was, is]) => [this.#rename(was, is), seal(is, this.crypter)] as const) }),
      ...(add && { add: [this.#name(add), seal(add, this.crypter)] as const }),
      ...(refreshed !== undefined && { refreshed }),
    });
    await this.#journal.synced();
    if (Date.now() >= this.#foldAt) this.#fold();
  }

  /** Writes the whole checkpoint and ends the run's journal. */
  close(): Snapshot {
    const snapshot = this.#fold();
    this.#journal.close();
    return snapshot;
  }

  #record(entry: Entry): void {
    this.#rows.apply(entry);
    this.#journal.append(entry);
  }

  #name(state: ResourceState): number {
    const row = this.#next++;
    this.#names.set(state, row);
    return row;
  }

  #rowOf(state: ResourceState): number {
    const row = this.#names.get(state);
    if (row === undefined) throw new Error(`${state.urn} has no row in the state`);
    return row;
  }

  #rename(was: ResourceState, is: ResourceState): number {
    const row = this.#rowOf(was);
    this.#names.set(is, row);
    return row;
  }

  #fold(): Snapshot {
    const started = Date.now();
    const { resources, pendingOperations } = this.#rows;
    const snapshot = { resources, pendingOperations, salt: this.#salt, time: new Date().toISOString() };
    this.#journal.fold(snapshot);
    const now = Date.now();
    this.#foldAt = now + Math.max(FOLD_MS, FOLD_SHARE * (now - started));
    return snapshot;
  }
}
