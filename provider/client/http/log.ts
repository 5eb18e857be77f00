import type { Clock } from "./clock.js";
import { Fault, type Step } from "./request.js";
import type { Logger } from "./settings.js";
import type { Redact } from "./words.js";

/** Writes a debug line for each attempt: method, path, status, time. Never headers or bodies. */
export function log(logger: Logger | undefined, redact: Redact, clock: Clock): Step {
  if (logger === undefined) return (next) => next;
  return (next) => async (request, attempt) => {
    const began = clock.now();
    const write = (end: string | number) =>
      logger.debug(redact(`${request.method} ${request.path} -> ${end} in ${clock.now() - began} ms`));
    try {
      const answer = await next(request, attempt);
      write(answer.status);
      return answer;
    } catch (fault) {
      write(fault instanceof Fault ? fault.reason : "failed");
      throw fault;
    }
  };
}
