import type { Clock } from "./lifecycle.js";

/** How long one listing answers for everything in a collection during a refresh, in milliseconds. */
const FRESH_FOR = 5_000;

/** What a collection holds, by id. */
export type Listed<T> = ReadonlyMap<string, T>;

/**
 * Lists of what collections hold, shared between the resources of one process: a refresh of a thousand items costs one
 * request a collection. A list only ever confirms what is known; whoever finds something missing or changed in it looks
 * again.
 */
export class Lists<T extends { readonly id: string }> {
  readonly #lists = new Map<string, { at: number; entries: Promise<Listed<T>> }>();

  /** @param load - asks the API for everything in a collection. */
  constructor(
    private readonly load: (collectionId: string) => Promise<readonly T[]>,
    private readonly clock: Clock,
  ) {}

  /** What was listed at most a few seconds ago. */
  recent(collectionId: string): Promise<Listed<T>> {
    const known = this.#lists.get(collectionId);
    return known && this.clock.now() - known.at < FRESH_FOR ? known.entries : this.fresh(collectionId);
  }

  /**
   * What this process saw first. Enough to find what an earlier, interrupted run left behind; what this process adds
   * itself need not be in it.
   */
  first(collectionId: string): Promise<Listed<T>> {
    return this.#lists.get(collectionId)?.entries ?? this.fresh(collectionId);
  }

  /** What is listed now. */
  fresh(collectionId: string): Promise<Listed<T>> {
    const entries = this.load(collectionId).then((list) => new Map(list.map((entry) => [entry.id, entry])));
    this.#lists.set(collectionId, { at: this.clock.now(), entries });
    entries.catch(() => this.#lists.delete(collectionId));
    return entries;
  }
}
