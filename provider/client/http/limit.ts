import type { Clock } from "./clock.js";
import type { Limiter } from "./limiter.js";
import type { Answer, Step } from "./request.js";
import { retryAfter } from "./retry-after.js";

/** Longer than this the API is not waited for, in milliseconds: the error says how long it asked. */
export const longestHold = 300_000;

/**
 * Sends when the limiter lets it, and tells the limiter what came back. A stream keeps its place until it is closed.
 */
export function limit(limiter: Limiter, clock: Clock, interruption?: AbortSignal): Step {
  return (next) => async (request, attempt) => {
    const place = await limiter.enter(attempt.signal, interruption);
    let answer: Answer | undefined;
    try {
      answer = await next(request, attempt);
      const wait = askedToWait(answer, clock);
      if (wait !== undefined && wait <= longestHold) limiter.hold(clock.now() + wait);
      return answer;
    } finally {
      const leave = () => limiter.leave(place, answer?.status === 429);
      if (answer?.stream === undefined) leave();
      else answer.stream.once("close", leave);
    }
  };
}

/** Milliseconds to wait by Retry-After, on the two statuses for which it means this. */
export function askedToWait(answer: Answer, clock: Clock): number | undefined {
  if (answer.status !== 429 && answer.status !== 503) return undefined;
  return retryAfter(answer.headers["retry-after"], clock.now());
}
