import type { ErrorFacts } from "./errors.js";
import type { ApiRequest } from "./request.js";
import { defaultBaseUrl, type Settings } from "./settings.js";

/** What an answer that is no success is about. */
export type Kind =
  | "request"
  | "payment"
  | "key"
  | "name"
  | "object"
  | "operation"
  | "unsupported"
  | "address"
  | "length"
  | "rate"
  | "server";

/** What is known of an error, by its kind. */
export interface Facts extends ErrorFacts {
  readonly retryAfterSeconds: number | undefined;
  readonly estimatedTokens: number | undefined;
}

/** What to do about an answer that is no success; ends its sentence. */
export function adviceFor(
  kind: Kind,
  settings: Settings,
  request: ApiRequest,
  { retryAfterSeconds, estimatedTokens }: Facts,
): string {
  switch (kind) {
    case "request":
      return "correct what it names";
    case "payment":
      return "the subscription cannot be charged: look at the account's billing page";
    case "key":
      return keyAdvice(settings.apiKeySource);
    case "name":
      return nameAdvice;
    case "object":
      return (
        `${request.object ?? "it"} does not exist, or not under this key and baseUrl ` +
        `${settings.origin}${settings.prefix}` +
        (request.mayBeRefused === undefined ? "" : `; or this service does not offer that: ${request.mayBeRefused}`)
      );
    case "operation":
    case "unsupported":
      return `this service does not offer that: ${request.mayBeMissing ?? request.mayBeRefused ?? "do without it"}`;
    case "address":
      return addressAdvice(settings);
    case "length":
      return lengthAdvice(request, estimatedTokens);
    case "rate":
      return (
        "lower concurrency or set requestsPerSecond, or try again " +
        (retryAfterSeconds === undefined ? "later" : `in ${retryAfterSeconds} s`)
      );
    case "server":
      return "the fault is on the API's side, try again later";
  }
}

const nameAdvice =
  "a collection's id is made of the first 14 letters and digits of its name, so another name that begins alike " +
  "is in the way: " +
  "choose a name that differs within them, or use that collection";

function lengthAdvice({ operation }: ApiRequest, estimatedTokens: number | undefined): string {
  const size =
    estimatedTokens === undefined ? "" : `it has about ${estimatedTokens} tokens by this package's estimate, and `;
  if (operation.includes("Chat"))
    return (
      `${size}the model's context is shorter: shorten the conversation, lower maxTokens, or ask a model with a ` +
      "longer context"
    );
  const way = operation === "addItem" ? "split it into several items, which splitText does" : "shorten it";
  return `${size}the model takes about 512 tokens, of other languages than English often fewer: ${way}`;
}

/** For an answer that is not the API's. */
export function addressAdvice(settings: Settings): string {
  return (
    `baseUrl ${settings.origin}${settings.prefix} looks wrong: it must end with the API's version path, like ` +
    defaultBaseUrl
  );
}

function keyAdvice(source: string | undefined): string {
  const which = source === undefined ? "apiKey" : `the key from ${source}`;
  const check = `check ${which}: it must be the key of the inference subscription, not the account's key`;
  // What stands in a stack is stored with it; the environment is read afresh every time.
  if (source === undefined || source.startsWith("environment")) return check;
  return (
    `${check}. After a rotation \`refresh\` and \`destroy\` still use the stored one until \`pulumi up\` has run, ` +
    "or with --run-program"
  );
}
