import { exchange } from "./exchange.js";
import { failure } from "./failure.js";
import { limit } from "./limit.js";
import { limiterFor } from "./limiter.js";
import { log } from "./log.js";
import type { Answer, ApiRequest, Send, Step } from "./request.js";
import { retry } from "./retry.js";
import { checkOptions, type HttpOptions, type Settings } from "./settings.js";
import { timeout } from "./timeout.js";

/** What every method takes last. */
export interface CallOptions {
  /** Aborting it ends the operation with an AbortedError. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Sends what adds something at most once, unless it certainly did not arrive: a 429 is not repeated either, and its error is
   * `outcomeUnknown`. For callers who look before they send again. Default: false.
   */
  readonly once?: boolean | undefined;
}

/** The transport: sends a request and answers with its success, or throws a VultrInferenceError. */
export interface Http {
  readonly settings: Settings;
  send(request: ApiRequest, options?: CallOptions): Promise<Answer>;
}

/** @throws UsageError for a wrong option. */
export function createHttp(options: HttpOptions): Http {
  const settings = checkOptions(options);
  const { clock } = settings;
  const limiter = limiterFor(settings, settings);
  const send = compose(exchange(settings), [
    limit(limiter, clock, settings.interruption),
    log(settings),
    timeout(clock),
  ]);
  return {
    settings,
    async send(request, options) {
      const outcome = await retry(send, settings, limiter.outage, request, options);
      const { last } = outcome;
      if ("status" in last && last.status >= 200 && last.status < 300) return last;
      throw failure(settings, request, outcome);
    },
  };
}

/** The first step is the outermost. */
function compose(innermost: Send, steps: readonly Step[]): Send {
  return steps.reduceRight((next, step) => step(next), innermost);
}
