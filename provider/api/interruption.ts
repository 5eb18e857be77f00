import { setTimeout as sleep } from "node:timers/promises";
import { AbortedError } from "../client/index.js";

/** Why something was not done, where the person who deploys has interrupted the run. */
export function interrupted(): AbortedError {
  return new AbortedError("The run was interrupted.", { operation: "wait" });
}

/**
 * Waits so many milliseconds.
 *
 * @throws AbortedError where the run is interrupted meanwhile.
 */
export async function sleepUnless(interruption: AbortSignal, milliseconds: number): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: interruption });
  } catch {
    throw interrupted();
  }
}
