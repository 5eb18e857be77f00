import type { Clock } from "./clock.js";
import type { Step } from "./request.js";
import { TransportError } from "./transport-error.js";

/**
 * Stops an attempt that takes longer than its budget, or that the caller aborts. For a stream it goes on after the
 * answer has begun, and counts from the last piece.
 */
export function timeout(clock: Clock): Step {
  return (next) => async (request, attempt) => {
    const { signal } = attempt;
    if (signal?.aborted) throw new TransportError("aborted", false, signal.reason);
    const late = () => attempt.cancel("late");
    const aborted = () => attempt.cancel("aborted");
    const began = clock.now();
    let disarm = clock.after(attempt.budgetMs, late);
    attempt.progress = () => {
      disarm();
      disarm = clock.after(attempt.budgetMs, late);
    };
    const end = () => {
      // A piece of an upload may still be on its way: it must not start the time again.
      attempt.progress = () => undefined;
      disarm();
      signal?.removeEventListener("abort", aborted);
      attempt.tookMs = clock.now() - began;
    };
    signal?.addEventListener("abort", aborted);
    try {
      const answer = await next(request, attempt);
      if (answer.stream === undefined) end();
      else answer.stream.once("close", end);
      return answer;
    } catch (fault) {
      end();
      throw fault;
    }
  };
}
