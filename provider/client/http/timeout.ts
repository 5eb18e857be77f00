import { onAbort } from "./abort.js";
import type { Clock } from "./clock.js";
import type { Step } from "./request.js";
import { TransportError } from "./transport-error.js";

/**
 * Stops an attempt that takes longer than its budget, or that the caller aborts. For a stream it goes on after the
 * answer has begun, and counts from the last chunk.
 */
export function timeout(clock: Clock): Step {
  return (next) => async (request, attempt) => {
    const { signal } = attempt;
    if (signal?.aborted) throw new TransportError("aborted", false, signal.reason);
    const giveUp = () => attempt.cancel("timeout");
    const aborted = () => attempt.cancel("aborted");
    const began = clock.now();
    let disarm = clock.after(attempt.budgetMs, giveUp);
    attempt.progress = () => {
      disarm();
      disarm = clock.after(attempt.budgetMs, giveUp);
    };
    const end = () => {
      // A chunk of an upload may still be on its way: it must not start the time again.
      attempt.progress = () => undefined;
      disarm();
      forget();
      attempt.tookMs = clock.now() - began;
    };
    const forget = onAbort(signal, aborted);
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
