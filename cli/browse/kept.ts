/** What was asked for is kept for a while, and asked for once by all who want it at the same time. */
export class Kept<T> {
  readonly #kept = new Map<string, { readonly at: number; readonly value: Promise<T> }>();

  constructor(private readonly freshMs: number) {}

  /** What `load` answers, or has answered not long ago. A failure is not kept. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    const now = performance.now();
    for (const [other, { at }] of this.#kept) if (now - at >= this.freshMs) this.#kept.delete(other);
    const known = this.#kept.get(key);
    if (known !== undefined) return known.value;
    const value = load().catch((error: unknown) => {
      this.#kept.delete(key);
      throw error;
    });
    this.#kept.set(key, { at: now, value });
    return value;
  }
}
