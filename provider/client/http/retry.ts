import { pause } from "./clock.js";
import { askedToWait, longestHold } from "./limit.js";
import type { Outage } from "./outage.js";
import { type Answer, type ApiRequest, Attempt, type Send } from "./request.js";
import { TransportError } from "./transport-error.js";
import type { Settings } from "./settings.js";

/** What an attempt can come to, as far as repeating goes. */
type Result = "unsent" | "broken" | "timeout" | "aborted" | "oversized" | "overloaded" | "failing" | "answered";

interface Rule {
  /** `harmless`: where a second processing does no harm, so never what adds or costs something. */
  readonly repeat: "always" | "idempotent" | "never";
  /** Whether it may have been processed. */
  readonly outcomeUnknown: boolean;
}

/** When to repeat, and what is known of the API's side; a line a result, with its reason. */
const rules: Record<Result, Rule> = {
  // Not a byte left this machine: refused, no such host, no trust, no time to connect.
  unsent: { repeat: "always", outcomeUnknown: false },
  // The request was on its way when the connection broke; the answer may be all that is missing.
  broken: { repeat: "idempotent", outcomeUnknown: true },
  // A connection that went silent is often cured by another one.
  timeout: { repeat: "idempotent", outcomeUnknown: true },
  // The caller wants no more of it.
  aborted: { repeat: "never", outcomeUnknown: true },
  // It would be as long again.
  oversized: { repeat: "never", outcomeUnknown: true },
  // 429: turned away at the door, before anything was done.
  overloaded: { repeat: "always", outcomeUnknown: false },
  // 408 and 5xx: a gateway gives up on a server that may go on working.
  failing: { repeat: "idempotent", outcomeUnknown: true },
  // All else is the API's word on the request itself, and would be the same again.
  answered: { repeat: "never", outcomeUnknown: false },
};

/** How an operation ended: the last attempt's answer or fault. */
export interface Outcome {
  readonly last: Answer | TransportError;
  readonly attempts: number;
  /** Whether the API may have processed a write without telling. */
  readonly outcomeUnknown: boolean;
  /** How long the last attempt could take, in milliseconds. */
  readonly budgetMs?: number;
}

/** What a caller wants otherwise: see `CallOptions`. */
export interface RetryOptions {
  readonly signal?: AbortSignal | undefined;
  readonly once?: boolean | undefined;
}

/** Ends the sentence of an error whose operation is outcomeUnknown. */
export const doubtful = ", but check first whether it was carried out anyway";

/** Repeats what may be repeated, with growing pauses, within the time of the whole operation. */
export async function retry(
  send: Send,
  settings: Settings,
  outage: Outage,
  request: ApiRequest,
  { signal, once = false }: RetryOptions = {},
): Promise<Outcome> {
  const { clock, maxRetries, timeoutMs, attemptTimeoutMs, interruption } = settings;
  let spentMs = 0;
  let outcomeUnknown = false;
  for (let number = 1; ; number++) {
    const isLast = number > maxRetries;
    const budgetMs = Math.min(attemptTimeoutMs, timeoutMs - spentMs);
    const attempt = new Attempt(budgetMs, signal);
    const last = await send(request, attempt).catch(asTransportError);
    const result = resultOf(last);
    if (result === "answered" || result === "overloaded") outage.answered(request.operation);
    const doubtful = isDoubtful(result, once) && !(last instanceof TransportError && !last.sent);
    // One attempt in doubt leaves the operation in doubt, until the API says what it makes of the request.
    outcomeUnknown = request.effect !== "safe" && (doubtful || (outcomeUnknown && result !== "answered"));
    const outcome = { last, attempts: number, outcomeUnknown, budgetMs };
    if (!mayRepeat(request, result, once)) return outcome;
    if (isLast || outage.isOn(request.operation)) {
      if (result !== "overloaded") outage.failed(request.operation);
      return outcome;
    }
    const asked = last instanceof TransportError ? undefined : askedToWait(last, clock);
    if (asked !== undefined && asked > longestHold) return outcome;
    // The limiter waits for what the API asked; that time is nobody's fault and not counted.
    const pauseMs = asked === undefined ? backoff(number, settings.random()) : 0;
    spentMs += attempt.tookMs + pauseMs;
    if (spentMs >= timeoutMs) {
      outage.failed(request.operation);
      return outcome;
    }
    if (interruption?.aborted) return outcome;
    settings.log?.warn(settings.redact(retrying(request, last, number, pauseMs)));
    await pause(clock, pauseMs, signal, interruption);
    if (interruption?.aborted && !signal?.aborted) return outcome;
  }
}

/** A gateway that answers 429 may have let the request through all the same: who sends once does not rely on it. */
function isDoubtful(result: Result, once: boolean): boolean {
  return rules[result].outcomeUnknown || (once && result === "overloaded");
}

function mayRepeat(request: ApiRequest, result: Result, once: boolean): boolean {
  const { repeat } = rules[result];
  const isIdempotent = request.effect !== "non-idempotent";
  const allowed =
    repeat === "always" ? isIdempotent || !once || result === "unsent" : repeat === "idempotent" && isIdempotent;
  return allowed && request.upload?.spent !== true;
}

function resultOf(last: Answer | TransportError): Result {
  if (last instanceof TransportError) return last.reason === "aborted" ? "aborted" : last.sent ? last.reason : "unsent";
  if (last.status === 429) return "overloaded";
  return last.status === 408 || last.status >= 500 ? "failing" : "answered";
}

/** 0.5 s, 1 s, 2 s, 4 s, then 8 s; the second half of each by chance, so that many do not come back at once. */
function backoff(attempt: number, random: number): number {
  const most = Math.min(8_000, 500 * 2 ** (attempt - 1));
  return most / 2 + (random * most) / 2;
}

function retrying(request: ApiRequest, last: Answer | TransportError, attempt: number, pauseMs: number): string {
  const what = last instanceof TransportError ? `no answer (${last.reason})` : `status ${last.status}`;
  const when = pauseMs === 0 ? "when the API allows it" : `in ${(pauseMs / 1000).toFixed(1)} s`;
  return `${request.operation}: ${what} at attempt ${attempt}; trying again ${when}`;
}

function asTransportError(error: unknown): TransportError {
  return error instanceof TransportError ? error : new TransportError("broken", true, error);
}
