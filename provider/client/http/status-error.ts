import {
  AuthenticationError,
  BaseUrlError,
  ContentTooLongError,
  type ErrorFacts,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
  type VultrInferenceError,
} from "./errors.js";
import { askedToWait } from "./limit.js";
import { readRefusal } from "./refusal.js";
import type { Answer, ApiRequest } from "./request.js";
import { doubtful, type Outcome } from "./retry.js";
import { defaultBaseUrl, type Settings } from "./settings.js";
import { shorten } from "../../text/clean.js";
import { withoutDocuments } from "../../text/redact.js";

type Kind = "request" | "key" | "object" | "address" | "length" | "rate" | "server";

/** Status to kind of error. What is not here is `server` from 500 on, `address` below 400, else `request`. */
const kinds: Readonly<Record<number, Kind>> = {
  401: "key",
  403: "key",
  404: "object",
  405: "address",
  408: "server",
  429: "rate",
};

/** The error for an answer that is no success. */
export function statusError(settings: Settings, request: ApiRequest, outcome: Outcome & { last: Answer }): VultrInferenceError {
  const { last, attempts, outcomeUnknown } = outcome;
  const { text, isHtml } = readRefusal(last);
  const kind = kindOf(last.status, text, isHtml, request);
  const said = settings.confidential ? "" : shorten(withoutDocuments(settings.redact(text), request.documents), 200);
  const facts: ErrorFacts = { operation: request.operation, status: last.status, outcomeUnknown };
  const waitMs = askedToWait(last, settings.clock);
  const seconds = waitMs === undefined ? undefined : Math.ceil(waitMs / 1000);
  const tries = attempts > 1 ? ` at the last of ${attempts} attempts` : "";
  const back = `${settings.origin} answered ${last.status}${said === "" ? "" : ` "${said}"`}${tries}`;
  const message = `Could not ${request.task}: ${back}; ${advice(kind, settings, request, seconds)}${outcomeUnknown ? doubtful : ""}.`;
  return makers[kind](message, facts, seconds);
}

function kindOf(status: number, text: string, html: boolean, request: ApiRequest): Kind {
  // The API answers 422 to a key it does not know and to a text that is too long; only its words tell.
  if (status === 422 && /\binvalid api key\b/iu.test(text)) return "key";
  if (status === 422 && /maximum sequence length/iu.test(text)) return "length";
  // Reads take a 404 for the proof that an object is gone: a web server's page, or one on a path without an object, is none.
  if (status === 404 && (html || request.object === undefined)) return "address";
  return kinds[status] ?? (status >= 500 ? "server" : status < 400 ? "address" : "request");
}

const makers: Record<Kind, (message: string, facts: ErrorFacts, seconds: number | undefined) => VultrInferenceError> = {
  request: (message, facts) => new ValidationError(message, facts),
  key: (message, facts) => new AuthenticationError(message, facts),
  object: (message, facts) => new NotFoundError(message, facts),
  address: (message, facts) => new BaseUrlError(message, facts),
  length: (message, facts) => new ContentTooLongError(message, facts),
  rate: (message, facts, retryAfterSeconds) => new RateLimitError(message, { ...facts, retryAfterSeconds }),
  server: (message, facts) => new ServerError(message, facts),
};

function advice(kind: Kind, settings: Settings, request: ApiRequest, seconds: number | undefined): string {
  switch (kind) {
    case "request":
      return "correct what it names";
    case "key":
      return keyAdvice(settings.apiKeySource);
    case "object":
      return `${request.object ?? "it"} does not exist, or not under this key and baseUrl ${settings.origin}${settings.prefix}`;
    case "address":
      return addressAdvice(settings);
    case "length":
      return "shorten the content to at most about 512 tokens, or split it into several items";
    case "rate":
      return `lower concurrency or set requestsPerSecond, or try again ${seconds === undefined ? "later" : `in ${seconds} s`}`;
    case "server":
      return "the fault is on the API's side, try again later";
  }
}

/** For an answer that is not the API's. */
export function addressAdvice(settings: Settings): string {
  return `baseUrl ${settings.origin}${settings.prefix} looks wrong: it must end with the API's version path, like ${defaultBaseUrl}`;
}

function keyAdvice(source: string | undefined): string {
  const which = source === undefined ? "apiKey" : `the key from ${source}`;
  const check = `check ${which}: it must be the key of the inference subscription, not the account's key`;
  // What stands in a stack is stored with it; the environment is read afresh every time.
  if (source === undefined || source.startsWith("environment")) return check;
  return `${check}. After a rotation \`refresh\` and \`destroy\` still use the stored one until \`pulumi up\` has run, or with --run-program`;
}
