import type { Clock } from "./clock.js";

/** Tokens read and written by one model. */
interface Count {
  input: number;
  output: number;
}

/** Tokens of chat in the current month, by model. In memory only. */
export class UsageCounter {
  #month = "";
  readonly #models = new Map<string, Count>();

  constructor(private readonly clock: Clock) {}

  add(model: string, input: number, output: number): void {
    this.#turn();
    const count = this.#models.get(model) ?? { input: 0, output: 0 };
    this.#models.set(model, { input: count.input + input, output: count.output + output });
  }

  /** A row for each model that was asked. */
  rows(): readonly (readonly [string, Readonly<Count>])[] {
    this.#turn();
    return [...this.#models];
  }

  /** A new month begins with nothing. */
  #turn(): void {
    const month = new Date(this.clock.now()).toISOString().slice(0, 7);
    if (month !== this.#month) this.#models.clear();
    this.#month = month;
  }
}
