import { toldId } from "../client/http/path.js";
import {
  BaseUrlError,
  DuplicateNameError,
  NotFoundError,
  RateLimitError,
  ValidationError,
  VultrInferenceError,
} from "../client/http/errors.js";
import type { Timer } from "./interruption.js";

/** In milliseconds. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;
/** In seconds: who asks for more is not waited for. */
const LONGEST_WAIT = 300;

/** How something is added to the API once. */
export interface Addition<T extends { readonly id: string }> {
  /** Sends the request; with the client's option `once`. */
  readonly send: () => Promise<T>;
  /** Looks for what an unanswered request has made all the same. */
  readonly find: () => Promise<T | undefined>;
  /** Whether an answer is what the request has made, and not something else of the API's. */
  readonly isNew: (answer: T) => boolean | Promise<boolean>;
  /** What it is, as in `item of the collection "kb"`. */
  readonly what: string;
}

/**
 * Adds something, and no second one: after a lost, a refused or a strange answer it looks first whether the request was
 * carried out.
 *
 * @throws VultrInferenceError where it was not, or that cannot be told. @throws Error where the API answers with
 * something else.
 */
export async function addOnce<T extends { readonly id: string }>(
  { clock, maxRetries }: { readonly clock: Pick<Timer, "sleep">; readonly maxRetries: number },
  { send, find, isNew, what }: Addition<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await send();
      if (await isNew(answer)) return answer;
      const found = await find();
      if (found) return found;
      throw new Error(
        `The API answered the creation of the ${what} with another object, "${toldId(answer.id)}", which was ` +
          "there before or is not what was sent. " +
          `It was left as it is. Check whether the ${what} was made, and run "pulumi up" again.`,
      );
    } catch (error) {
      // A name that is taken now may be what an earlier attempt has made, whose answer was lost.
      const isRepeated = attempt > 1 && DuplicateNameError.isInstance(error);
      if (!isOutcomeUnknown(error) && !isRepeated) throw error;
      const found = await find();
      if (found) return found;
      if (!RateLimitError.isInstance(error) || attempt > maxRetries || (error.retryAfterSeconds ?? 0) > LONGEST_WAIT)
        throw error;
      await clock.sleep(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)));
    }
  }
}

/** Whether the API refuses a request for good: it does not know it, or not so. */
export function isRefusal(error: unknown): boolean {
  return (
    [ValidationError, DuplicateNameError, NotFoundError].some((kind) => kind.isInstance(error)) ||
    (BaseUrlError.isInstance(error) && error.status === 405)
  );
}

/**
 * Whether a request that failed may have been carried out: its answer was lost, or something else than the API has
 * answered.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  return VultrInferenceError.isInstance(error) && (error.outcomeUnknown || BaseUrlError.isInstance(error));
}
