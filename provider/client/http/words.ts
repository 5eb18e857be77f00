/** Text of others on its way into a message: no control characters, no terminal escapes, no secrets, not too long. */

const escapes = /[\u001b\u009b](?:\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\[?[0-?]*[ -/]*[@-~])/gu;
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
const longestRead = 65_536;

/** The text on one line, without control characters, terminal escapes and invisible direction marks. */
export function clean(text: string): string {
  return text.slice(0, longestRead).replace(escapes, "").replace(invisible, " ").replace(/\s+/gu, " ").trim();
}

/** The text cut to at most `length` characters, with `…` where something is missing. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text.slice(0, length * 2 + 2));
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

/** A name given by a user, fit for a message: `"finbert"`. */
export function quoted(name: unknown): string {
  return typeof name === "string" ? `"${shorten(clean(name), 60)}"` : `(${typeof name})`;
}

/** Where something stands within a value, behind the value's name: `.tools[0].name`. */
export function placeIn(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
}

/** Replaces secrets and documents in a text. */
export type Redact = (text: string) => string;

/** Below this length a "secret" would tear holes into ordinary words. */
const shortestSecret = 6;

/** A function that takes out the key, in each of the forms in which it may be echoed. */
export function redactKey(key: string): Redact {
  const forms = new Set([key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)]);
  const secrets = [...forms].filter((form) => form.length >= shortestSecret);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "[apiKey]"), text);
}

/** The text without the documents that went out with the request and came back in its refusal. */
export function withoutDocuments(text: string, documents: readonly string[] = []): string {
  return documents
    .map(clean)
    .filter((document) => document.length >= shortestSecret)
    .reduce((rest, document) => rest.replaceAll(document, "[…]"), text);
}
