import { type Clock, pause } from "../client/http/clock.js";
import { AbortedError } from "../client/http/errors.js";

/** Time for those who wait: a clock whose waits end where the run is interrupted. */
export interface Timer {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. Rejects with an AbortedError where the run is interrupted. */
  sleep(milliseconds: number): Promise<void>;
}

/** @param interruption Default: none, so that every wait goes to its end. */
export function timerOf(clock: Clock, interruption?: AbortSignal): Timer {
  return {
    now: () => clock.now(),
    async sleep(milliseconds) {
      await pause(clock, milliseconds, interruption);
      if (interruption?.aborted) throw interrupted();
    },
  };
}

/** Why something was not done, where the person who deploys has interrupted the run. */
export function interrupted(): AbortedError {
  return new AbortedError("The run was interrupted.", { operation: "wait" });
}
