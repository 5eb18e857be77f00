import { now, setTimeout } from "./timers.js";

/** Where the emulator takes its time from. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after `ms` milliseconds of this clock. */
  sleep(ms: number): Promise<void>;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
};

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves the time forward by `ms` milliseconds and wakes, in order, whoever waited for that long. */
  advance(ms: number): void;
}

/**
 * A clock for tests.
 *
 * @param start - its first time, milliseconds since 1970. Default: 2026-01-01T00:00:00Z.
 * @example
 * const clock = manualClock();
 * const emulator = await startEmulator({ clock });
 * clock.advance(1_000);
 */
export function manualClock(start: number = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  let sleepers: { until: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        if (ms <= 0) wake();
        else sleepers.push({ until: now + ms, wake });
      }),
    advance(ms) {
      now += ms;
      const due = sleepers.filter((sleeper) => sleeper.until <= now).sort((a, b) => a.until - b.until);
      sleepers = sleepers.filter((sleeper) => sleeper.until > now);
      for (const sleeper of due) sleeper.wake();
    },
  };
}
