import type { Context } from "../../../session/context.js";
import { count, number } from "../../../text/quantity.js";

/** In milliseconds. */
const SHOWN_EVERY = 1_000;

/** Counts what is done, and shows it as a status line: `1,240 of 9,800 chunks, 38/s, about 4 min left`. */
export class Progress {
  readonly #began: number;
  #shownAt = -Infinity;
  #done = 0;
  #shown = 0;

  constructor(
    private readonly context: Pick<Context, "clock" | "progress">,
    private total: number,
    private readonly noun: string,
    private readonly rest: string,
    private readonly urn: string | undefined,
  ) {
    this.#began = context.clock.now();
    if (total > 0) this.#show();
  }

  /** There is more to do than it was thought. */
  more(extra: number): void {
    this.total += extra;
  }

  step(): void {
    this.#done++;
    if (this.context.clock.now() - this.#shownAt >= SHOWN_EVERY || this.#done === this.total) this.#show();
  }

  /** Shows how far it came, where it did not come to its end. */
  end(): void {
    if (this.#done < this.total && this.#done > this.#shown) this.#show();
  }

  #show(): void {
    this.#shownAt = this.context.clock.now();
    this.#shown = this.#done;
    const seconds = (this.#shownAt - this.#began) / 1000;
    const rate = seconds > 0 ? this.#done / seconds : 0;
    const pace = rate > 0 ? `, ${rate >= 10 ? number(Math.round(rate)) : rate.toFixed(1)}/s` : "";
    const left =
      rate > 0 && this.#done < this.total ? `, about ${duration((this.total - this.#done) / rate)} left` : "";
    this.context.progress(
      `${number(this.#done)} of ${count(this.total, this.noun)}${this.rest}${pace}${left}`,
      this.urn,
    );
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
