import { onAbort } from "./abort.js";

/** Time, so that tests can move it by hand. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Calls `wake` once, `ms` milliseconds from now. The function it returns takes that back. */
  after(ms: number, wake: () => void): () => void;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, wake) {
    const timer = setTimeout(wake, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits `ms` milliseconds, or less where one of the signals is aborted: look at them afterwards. */
export function pause(clock: Clock, ms: number, ...signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  return new Promise((resolve) => {
    if (signals.some((signal) => signal?.aborted)) {
      resolve();
      return;
    }
    const done = () => {
      takeBack();
      for (const forget of forgets) forget();
      resolve();
    };
    const takeBack = clock.after(ms, done);
    const forgets = signals.map((signal) => onAbort(signal, done));
  });
}
