/** Keeps the best few of many, without sorting the rest. */
export class Ranking {
  readonly #best: { id: string; score: number }[] = [];

  /**
   * @param limit - how many are kept.
   * @param least - the least score that counts.
   */
  constructor(
    private readonly limit: number,
    private readonly least: number,
  ) {}

  offer(id: string, score: number): void {
    const last = this.#best.at(-1);
    if (score < this.least || (this.#best.length === this.limit && last !== undefined && score <= last.score)) return;
    const place = this.#best.findIndex((other) => other.score < score);
    this.#best.splice(place === -1 ? this.#best.length : place, 0, { id, score });
    if (this.#best.length > this.limit) this.#best.pop();
  }

  /** Ids, best first; of equal ones the one that was offered first. */
  ids(): string[] {
    return this.#best.map(({ id }) => id);
  }
}
