import type { ErrorResponse } from "./errors.js";
import type { Refusal } from "./refusal.js";
import type { Answer, ApiRequest } from "./request.js";
import type { Settings } from "./settings.js";
import { clean } from "../../text/clean.js";
import { withoutDocuments } from "../../text/redact.js";

/** Headers that can carry a credential. */
const CREDENTIAL = /cookie|auth|token|key|secret/iu;

/** What came back with an error, without the key and the documents; nothing where something secret is worked on. */
export function toldResponse(
  { confidential, redact }: Settings,
  request: ApiRequest,
  { headers }: Answer,
  { body }: Refusal,
): ErrorResponse | undefined {
  if (confidential) return undefined;
  const told = (text: string): string => withoutDocuments(redact(clean(text)), request.documents);
  const named = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || CREDENTIAL.test(name) ? [] : [[name, told(String(value))] as const],
  );
  return { headers: Object.fromEntries(named), body: eachText(body, told) };
}

/** The same value with each of its texts changed, names of fields included. */
function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((entry) => eachText(entry, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [change(name), eachText(entry, change)]));
}
