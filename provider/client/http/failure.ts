import { causeOf } from "./cause.js";
import { isLoopback } from "./connections.js";
import { LONGEST_ANSWER } from "./body.js";
import {
  AbortedError,
  ConnectionError,
  type ErrorFacts,
  ResponseShapeError,
  TimeoutError,
  VultrInferenceError,
} from "./errors.js";
import type { ApiRequest } from "./request.js";
import { TransportError } from "./transport-error.js";
import { doubtful, type Outcome } from "./retry.js";
import { statusError } from "./status-error.js";
import type { Settings } from "./settings.js";

/** The error for an operation that did not succeed. */
export function failure(settings: Settings, request: ApiRequest, outcome: Outcome): VultrInferenceError {
  const { last } = outcome;
  if (!(last instanceof TransportError)) return statusError(settings, request, { ...outcome, last });
  // A source that cannot be read fails the request from within and says so itself.
  if (VultrInferenceError.isInstance(last.cause)) return last.cause;
  return transportFailure(settings, request, { ...outcome, last });
}

function transportFailure(
  settings: Settings,
  request: ApiRequest,
  outcome: Outcome & { last: TransportError },
): VultrInferenceError {
  const { last, attempts, outcomeUnknown } = outcome;
  const facts: ErrorFacts = { operation: request.operation, outcomeUnknown, cause: last.cause };
  const tries = attempts > 1 ? ` (${attempts} attempts)` : "";
  const doubt = outcomeUnknown ? doubtful : "";
  if (last.reason === "aborted" && settings.interruption?.aborted && last.cause === settings.interruption.reason) {
    return new AbortedError(`Could not ${request.task}: the run was interrupted before it was sent${doubt}.`, facts);
  }
  if (last.reason === "aborted")
    return new AbortedError(`Could not ${request.task}: it was aborted by its caller${doubt}.`, facts);
  if (last.reason === "timeout") {
    return new TimeoutError(
      `Could not ${request.task}: ${settings.origin} did not send a complete answer ${tooLate(settings, outcome)}${doubt}.`,
      facts,
    );
  }
  if (last.reason === "oversized") {
    return new ResponseShapeError(
      `Could not ${request.task}: the answer of ${settings.origin} is longer than ${LONGEST_ANSWER / 1024 ** 2} MiB, ` +
        `and no more is read; ask for less, or divide what is asked for among several collections${doubt}.`,
      facts,
    );
  }
  const { code, text } = causeOf(last.cause);
  const words = settings.confidential && code !== "" ? code : settings.redact(text);
  if (code === "UND_ERR_CONNECT_TIMEOUT") {
    return new TimeoutError(
      `Could not ${request.task}: ${settings.origin} accepted no connection in time${tries}; ${checkNetwork}.`,
      facts,
    );
  }
  const what = last.sent
    ? `the connection to ${settings.origin} broke before the whole answer had arrived`
    : noConnection(code, settings);
  const advice = last.sent ? "try again" : adviceFor(code, settings);
  return new ConnectionError(`Could not ${request.task}: ${what} (${words})${tries}; ${advice}${doubt}.`, facts);
}

/** How long was waited, and which setting ended it. */
function tooLate({ timeoutMs, attemptTimeoutMs }: Settings, { attempts, budgetMs = timeoutMs }: Outcome): string {
  const setting = budgetMs < attemptTimeoutMs ? "timeoutSeconds" : "attemptTimeoutSeconds";
  const within = setting === "timeoutSeconds" ? `within ${timeoutMs / 1000} s` : `within ${attemptTimeoutMs / 1000} s`;
  const tries = attempts === 1 ? "" : setting === "timeoutSeconds" ? ` (${attempts} attempts)` : `, ${attempts} times`;
  return `${within}${tries}; try again or raise ${setting}`;
}

const checkNetwork = "check baseUrl, the network, and HTTPS_PROXY and NO_PROXY";

function noConnection(code: string, settings: Settings): string {
  if (code === "ECONNREFUSED") return `nothing listens at ${settings.origin}`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `the host of ${settings.origin} was not found`;
  return `no connection to ${settings.origin}`;
}

function adviceFor(code: string, settings: Settings): string {
  if (code === "ECONNREFUSED" && isLoopback(settings.origin)) {
    return "start the emulator with `npx vultr-inference emulator`, or correct baseUrl";
  }
  if (/CERT|SELF_SIGNED|ISSUER|SIGNATURE/u.test(code)) {
    return "if a proxy or the server uses its own certificate authority, name its file in NODE_EXTRA_CA_CERTS";
  }
  return checkNetwork;
}
