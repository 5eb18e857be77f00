import type { Timer } from "./interruption.js";

/** How long one listing answers for everything in a collection during a refresh, in milliseconds. */
const FRESH_FOR = 5_000;
/** How long a list waits for others that want the same, in milliseconds. */
const GATHERS_FOR = 50;

/** What a collection holds, by id; and what was found out of it, until it changes. */
export class Listed<T extends object> extends Map<string, T> {
  #derived: Map<unknown, unknown> | undefined;
  readonly #mapped = new Map<unknown, WeakMap<T, unknown>>();

  /** Answers what a function makes of all entries, which is made once as long as they stay as they are. */
  derived<V>(make: (entries: Iterable<T>) => V): V {
    this.#derived ??= new Map<unknown, unknown>();
    if (!this.#derived.has(make)) this.#derived.set(make, make(this.values()));
    return this.#derived.get(make) as V;
  }

  /** Answers what a function makes of each entry, which is made once for each. */
  mapped<V>(make: (entry: T) => V): V[] {
    const known = (this.#mapped.get(make) ?? new WeakMap<T, unknown>()) as WeakMap<T, V>;
    this.#mapped.set(make, known);
    return Array.from(this.values(), (entry) => {
      if (!known.has(entry)) known.set(entry, make(entry));
      return known.get(entry) as V;
    });
  }

  /** Writes or, where there is no entry, deletes one. */
  put(id: string, entry: T | undefined): void {
    this.#derived = undefined;
    if (entry === undefined) this.delete(id);
    else this.set(id, entry);
  }
}

/** Something that this process has written meanwhile: as it is now, or nothing where it was deleted. */
interface Written<T> {
  readonly id: string;
  readonly entry: T | undefined;
}

/** What the API has listed, and what was written meanwhile. */
interface Answer<T extends object> {
  readonly listed: Listed<T>;
  readonly written: readonly Written<T>[];
}

interface List<T extends object> {
  readonly at: number;
  readonly entries: Promise<Listed<T>>;
}

/**
 * Lists of what collections hold, shared between the resources of one process: a refresh of a thousand items costs one
 * request a collection. A list only ever confirms what is known; whoever finds something missing or changed in it looks
 * again.
 */
export class Lists<T extends { readonly id: string }> {
  readonly #lists = new Map<string, List<T>>();
  /** What was written while lists were under way, by collection; their answers may be older. */
  readonly #written = new Map<string, Written<T>[]>();
  readonly #next = new Map<string, Promise<Listed<T>>>();
  readonly #underWay = new Map<string, number>();

  /** @param load - asks the API for everything in a collection. */
  constructor(
    private readonly load: (collectionId: string) => Promise<readonly T[]>,
    private readonly clock: Timer,
  ) {}

  /** What was listed at most a few seconds ago, and written by this process since. */
  recent(collectionId: string): Promise<Listed<T>> {
    const known = this.#lists.get(collectionId);
    return known && this.clock.now() - known.at < FRESH_FOR ? known.entries : this.fresh(collectionId);
  }

  /**
   * What this process saw first. Enough to find what an earlier, interrupted run left behind; what others have added
   * since need not be in it.
   */
  first(collectionId: string): Promise<Listed<T>> {
    return this.#lists.get(collectionId)?.entries ?? this.fresh(collectionId);
  }

  /** What is listed now. */
  fresh(collectionId: string): Promise<Listed<T>> {
    return this.#list(collectionId).entries;
  }

  /**
   * What the API lists after everything that is done by now. Those who ask at about the same time share one request.
   */
  after(collectionId: string): Promise<Listed<T>> {
    const waiting = this.#next.get(collectionId);
    if (waiting) return waiting;
    const next = this.clock.sleep(GATHERS_FOR).then(() => {
      this.#next.delete(collectionId);
      return this.#list(collectionId).answer.then(({ listed }) => listed);
    });
    this.#next.set(collectionId, next);
    return next;
  }

  /** Notes what this process has written, so that no list of before hides it. */
  wrote(collectionId: string, id: string, entry: T | undefined): void {
    if ((this.#underWay.get(collectionId) ?? 0) > 0) {
      const written = this.#written.get(collectionId) ?? [];
      written.push({ id, entry });
      this.#written.set(collectionId, written);
    }
    void this.#lists.get(collectionId)?.entries.then(
      (entries) => entries.put(id, entry),
      () => undefined,
    );
  }

  /** @returns what the API answers, and what is known of it with what was written meanwhile. */
  #list(collectionId: string): { readonly answer: Promise<Answer<T>>; readonly entries: Promise<Listed<T>> } {
    const at = this.clock.now();
    const answer = this.#ask(collectionId);
    const entries = answer.then(({ listed, written }) => {
      const all = new Listed<T>(listed);
      for (const { id, entry } of written) all.put(id, entry);
      return all;
    });
    this.#lists.set(collectionId, { at, entries });
    entries.catch(() => this.#lists.delete(collectionId));
    return { answer, entries };
  }

  async #ask(collectionId: string): Promise<Answer<T>> {
    this.#underWay.set(collectionId, (this.#underWay.get(collectionId) ?? 0) + 1);
    const begun = this.#written.get(collectionId)?.length ?? 0;
    try {
      const list = await this.load(collectionId);
      const written = (this.#written.get(collectionId) ?? []).slice(begun);
      return { listed: new Listed<T>(list.map((entry) => [entry.id, entry])), written };
    } finally {
      const left = (this.#underWay.get(collectionId) ?? 1) - 1;
      this.#underWay.set(collectionId, left);
      if (left === 0) this.#written.delete(collectionId);
    }
  }
}
