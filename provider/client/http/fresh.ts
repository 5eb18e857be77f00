/** So long after its creation a collection may be unknown to other requests, in milliseconds. */
const SETTLES_WITHIN = 10_000;

/** What is known of a collection that was just made. */
interface Made {
  readonly until: number;
  /** Operations that have found it. */
  readonly foundBy: Set<string>;
}

/**
 * The collections that this process has just made. The API answers that it does not know one for a second or two, to
 * any verb. An operation that has found it once is believed from then on.
 */
export class FreshCollections {
  readonly #made = new Map<string, Made>();

  made(id: string, now: number): void {
    for (const [old, { until }] of this.#made) if (until < now) this.#made.delete(old);
    this.#made.set(id, { until: now + SETTLES_WITHIN, foundBy: new Set() });
  }

  /** Notes that an operation has found it, or, without one, that it is deleted. */
  found(id: string | undefined, operation?: string): void {
    if (id === undefined) return;
    if (operation === undefined) this.#made.delete(id);
    else this.#made.get(id)?.foundBy.add(operation);
  }

  /** Whether "not found" may only mean "not yet". */
  isSettling(id: string | undefined, operation: string, now: number): boolean {
    const made = id === undefined ? undefined : this.#made.get(id);
    return made !== undefined && now < made.until && !made.foundBy.has(operation);
  }
}
