import { TransportError } from "./transport-error.js";
import type { Step } from "./request.js";
import type { Settings } from "./settings.js";

/**
 * Writes a debug line for each attempt: method, path (where something is secret the operation), status, time. Never
 * headers or bodies.
 */
export function log({
  log: logger,
  redact,
  confidential,
  clock,
}: Pick<Settings, "log" | "redact" | "confidential" | "clock">): Step {
  if (logger === undefined) return (next) => next;
  return (next) => async (request, attempt) => {
    const began = clock.now();
    const write = (end: string | number) =>
      logger.debug(
        redact(
          `${request.method} ${confidential ? request.operation : request.path} -> ${end} in ${clock.now() - began} ms`,
        ),
      );
    try {
      const answer = await next(request, attempt);
      write(answer.status);
      return answer;
    } catch (fault) {
      write(fault instanceof TransportError ? fault.reason : "failed");
      throw fault;
    }
  };
}
