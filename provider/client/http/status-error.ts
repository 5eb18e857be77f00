import {
  AuthenticationError,
  BaseUrlError,
  ContentTooLongError,
  DuplicateNameError,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
  type VultrInferenceError,
} from "./errors.js";
import { adviceFor, type Facts, type Kind } from "./advice.js";
import { askedToWait } from "./limit.js";
import { readRefusal, type Refusal } from "./refusal.js";
import type { Answer, ApiRequest } from "./request.js";
import { doubtful, type Outcome } from "./retry.js";
import type { Settings } from "./settings.js";
import { toldResponse } from "./told-response.js";
import { shorten } from "../../text/clean.js";
import { withoutDocuments } from "../../text/redact.js";
import { estimateTokens } from "../../text/tokens.js";

/** What statuses mean; the first line that fits counts. 422 is four things, which only the API's words tell. */
const meanings: readonly { readonly status: readonly number[]; readonly says?: RegExp; readonly kind: Kind }[] = [
  { status: [422], says: /\binvalid api key\b/iu, kind: "key" },
  { status: [409, 422], says: /\bduplicate collection name\b|\bname\b.*\b(?:exists|in use|taken)\b/iu, kind: "name" },
  { status: [422], says: /\b(?:collection|vector store)\b.*\b(?:not found|does not exist)\b/iu, kind: "object" },
  {
    status: [400, 413, 422],
    says: /\bmaximum sequence length\b|\bcontext_length_exceeded\b|\bmaximum context length\b/iu,
    kind: "length",
  },
  { status: [401, 403], kind: "key" },
  { status: [402], kind: "payment" },
  { status: [404], kind: "object" },
  { status: [405], kind: "address" },
  { status: [408], kind: "server" },
  { status: [429], kind: "rate" },
];

/** The error for an answer that is no success. */
export function statusError(
  settings: Settings,
  request: ApiRequest,
  outcome: Outcome & { last: Answer },
): VultrInferenceError {
  const { last, attempts, outcomeUnknown } = outcome;
  const refusal = readRefusal(last);
  const kind = kindOf(last.status, refusal, request);
  const said = settings.confidential
    ? ""
    : shorten(withoutDocuments(settings.redact(refusal.text), request.documents), 200);
  const waitMs = askedToWait(last, settings.clock);
  const facts: Facts = {
    operation: request.operation,
    status: last.status,
    outcomeUnknown,
    response: toldResponse(settings, request, last, refusal),
    retryAfterSeconds: waitMs === undefined ? undefined : Math.ceil(waitMs / 1000),
    estimatedTokens: kind === "length" ? tokensOf(request) : undefined,
  };
  const tries = attempts > 1 ? ` at the last of ${attempts} attempts` : "";
  const back = `${settings.origin} answered ${last.status}${said === "" ? "" : ` "${said}"`}${moved(settings, last)}${tries}`;
  const message =
    `Could not ${request.task}: ${back}; ` +
    `${adviceFor(kind, settings, request, facts)}${outcomeUnknown ? doubtful : ""}.`;
  return makers[kind](message, facts);
}

/** Where a redirect leads, which is not followed: the key is for this address alone. */
function moved({ origin, prefix, redact, confidential }: Settings, { status, headers }: Answer): string {
  const { location } = headers;
  if (status >= 400 || typeof location !== "string" || confidential) return "";
  const base = `${origin}${prefix}/`;
  return URL.canParse(location, base) ? `, a redirect to ${redact(new URL(location, base).origin)}` : "";
}

/** Whether an answer says that a collection is not there, or not yet. */
export function isUnknownCollection(answer: Answer, request: ApiRequest): boolean {
  const refusal = readRefusal(answer);
  if (kindOf(answer.status, refusal, request) !== "object") return false;
  return /\b(?:collection|vector store)\b/iu.test(refusal.text) || request.object === request.collection;
}

function kindOf(status: number, { text, code, isHtml }: Refusal, request: ApiRequest): Kind {
  // What was sent may come back in the refusal, and must not be read as the API's own words.
  const words = withoutDocuments(`${code} ${text}`, request.documents);
  const found = meanings.find((meaning) => meaning.status.includes(status) && (meaning.says?.test(words) ?? true));
  const kind = found?.kind ?? (status >= 500 ? "server" : status < 400 ? "address" : "request");
  // A web server that is no API refuses methods, too: only what a service may lack is known to be that.
  if (status === 405 && request.mayBeRefused !== undefined) return "unsupported";
  if (kind !== "object") return kind;
  // Reads take a 404 for the proof that an object is gone: a web server's page, or one on a path without an object, is
  // none.
  if (isHtml) return "address";
  if (request.mayBeMissing !== undefined) return "operation";
  return request.object === undefined ? (status === 404 ? "address" : "request") : "object";
}

const makers: Record<Kind, (message: string, facts: Facts) => VultrInferenceError> = {
  request: (message, facts) => new ValidationError(message, facts),
  payment: (message, facts) => new ValidationError(message, facts),
  key: (message, facts) => new AuthenticationError(message, facts),
  name: (message, facts) => new DuplicateNameError(message, facts),
  object: (message, facts) => new NotFoundError(message, facts),
  operation: (message, facts) => new NotFoundError(message, facts),
  unsupported: (message, facts) => new ValidationError(message, facts),
  address: (message, facts) => new BaseUrlError(message, facts),
  length: (message, facts) => new ContentTooLongError(message, facts),
  rate: (message, facts) => new RateLimitError(message, facts),
  server: (message, facts) => new ServerError(message, facts),
};

/** Of the longest: a list of texts is embedded or read one by one. */
function tokensOf({ documents = [] }: ApiRequest): number | undefined {
  return documents.length === 0 ? undefined : Math.max(...documents.map(estimateTokens));
}
