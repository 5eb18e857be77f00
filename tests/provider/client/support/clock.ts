import type { Clock } from "../../../../provider/client/index.js";

interface Timer {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * Time that stands still until the test moves it. Waits of at most `skip` milliseconds are over at once, and noted in
 * `skipped`: with 10 seconds that is every pause between attempts, and no timeout.
 */
export class TestClock implements Clock {
  readonly skipped: number[] = [];
  #now = Date.parse("2026-01-01T00:00:00Z");
  readonly #timers = new Set<Timer>();

  constructor(private readonly skip = 0) {}

  now(): number {
    return this.#now;
  }

  after(ms: number, wake: () => void): () => void {
    const timer = { due: this.#now + ms, wake };
    this.#timers.add(timer);
    if (ms <= this.skip) {
      setImmediate(() => {
        if (!this.#timers.has(timer)) return;
        this.skipped.push(ms);
        this.#wake(timer);
      });
    }
    return () => this.#timers.delete(timer);
  }

  /** How many wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves time on, through every timer that falls due on the way. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#wake(next);
    }
    this.#now = end;
  }

  #wake(timer: Timer): void {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.due);
    timer.wake();
  }
}
