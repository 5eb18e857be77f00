import { pause } from "./clock.js";
import { exchange } from "./exchange.js";
import { failure } from "./failure.js";
import type { FreshCollections } from "./fresh.js";
import { limit } from "./limit.js";
import { limiterFor } from "./limiter.js";
import { log } from "./log.js";
import { ownOf } from "./own.js";
import type { Answer, ApiRequest, Send, Step } from "./request.js";
import { type Outcome, retry } from "./retry.js";
import { type CallSettings, checkOptions, type HttpOptions, type Settings, settingsFor } from "./settings.js";
import { isUnknownCollection } from "./status-error.js";
import { timeout } from "./timeout.js";
import { TransportError } from "./transport-error.js";
import { isSuccess } from "./body.js";

/** What every method takes last. */
export interface CallOptions extends CallSettings {
  /** Aborting it ends the operation with an AbortedError. */
  readonly signal?: AbortSignal | undefined;
  /** Seconds for this operation; default the client's `timeoutSeconds`. */
  readonly timeoutSeconds?: number | undefined;
  /** Seconds for each of its attempts; default the client's `attemptTimeoutSeconds`. */
  readonly attemptTimeoutSeconds?: number | undefined;
  /** How often it is repeated at most; default the client's `maxRetries`. */
  readonly maxRetries?: number | undefined;
  /** Headers beside the client's own, such as a trace id. Not for the key, the type and the length of the body. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Fields of the JSON body that this package does not know, in the API's own form. They win over those that it knows.
   */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Sends what adds something at most once, unless it certainly did not arrive: a 429 is not repeated either, and its
   * error is `outcomeUnknown`. For callers who look before they send again. Default: false.
   */
  readonly once?: boolean | undefined;
}

/** The transport: sends a request and answers with its success, or throws a VultrInferenceError. */
export interface Http {
  readonly settings: Settings;
  /** Which collections may not be known to every request yet. */
  readonly fresh: FreshCollections;
  send(request: ApiRequest, options?: CallOptions): Promise<Answer>;
}

/** Between looks for a collection that was just made, in milliseconds: the first pause, and the longest. */
const FIRST_LOOK = 250;
const LAST_LOOK = 2_000;

/** @throws UsageError for a wrong option. */
export function createHttp(options: HttpOptions): Http {
  const settings = checkOptions(options);
  const { clock, interruption } = settings;
  const limiter = limiterFor(settings, settings);
  const { fresh, outage } = limiter;
  const send = compose(exchange(settings), [limit(limiter, clock, interruption), log(settings), timeout(clock)]);
  return {
    settings,
    fresh,
    async send(request, options = {}) {
      const own = ownOf(request, options);
      const mine = settingsFor(settings, options, request.operation);
      const isSettling = ({ last }: Outcome): boolean =>
        "status" in last &&
        fresh.isSettling(own.collectionId, own.operation, clock.now()) &&
        isUnknownCollection(last, own);
      for (let pauseMs = FIRST_LOOK; ; pauseMs = Math.min(pauseMs * 2, LAST_LOOK)) {
        const outcome = await retry(send, mine, outage, own, options);
        const { last } = outcome;
        if (!(last instanceof TransportError) && isSuccess(last.status)) {
          fresh.found(own.collectionId, own.operation);
          return last;
        }
        // An upload that can be read only once is not sent again.
        if (!isSettling(outcome) || own.upload?.spent === true) throw failure(mine, own, outcome);
        await pause(clock, pauseMs, options.signal, interruption);
        if (options.signal?.aborted || interruption?.aborted) throw failure(mine, own, outcome);
      }
    },
  };
}

/** The first step is the outermost. */
function compose(innermost: Send, steps: readonly Step[]): Send {
  return steps.reduceRight((next, step) => step(next), innermost);
}
