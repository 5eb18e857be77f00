/**
 * Words in a header's name by which it may carry a credential; a broad net, since nobody misses a header that is gone.
 */
const TELLING_NAME = /auth|cookie|key|token|secret|password|credential|session|signature/iu;

/**
 * Logged headers without those that carry credentials. The API gives them as one text of no documented form: JSON, or
 * else lines of `Name: value`.
 */
export function withoutCredentialHeaders(headers: string): string {
  const parsed = parse(headers);
  if (Array.isArray(parsed)) return JSON.stringify(parsed.filter((entry) => !TELLING_NAME.test(nameOf(entry))));
  if (typeof parsed === "object" && parsed !== null) {
    return JSON.stringify(Object.fromEntries(Object.entries(parsed).filter(([name]) => !TELLING_NAME.test(name))));
  }
  const fields = headers.split(/\r?\n(?![ \t])/u);
  // What is not of that form is looked through as a whole.
  return fields.filter((field) => !TELLING_NAME.test(/^[\w-]+(?=:)/u.exec(field)?.[0] ?? field)).join("\n");
}

/** The name in one entry of a list of headers: `"name: value"`, `[name, value]` or `{ name, value }`. */
function nameOf(entry: unknown): string {
  if (typeof entry === "string") return entry.split(":", 1)[0] ?? entry;
  if (Array.isArray(entry)) return String(entry[0]);
  return JSON.stringify(entry);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const REMOVED = "[removed]";

/** `Bearer …` and `Basic …` with something as long as a credential behind it. */
const SCHEME = /\b(Bearer|Basic)\s+[\w.~+/=-]{12,}/giu;

/** `"apiKey": "…"`, `x-api-key=…` and the like, also within JSON that stands in JSON as a text. */
const NAMED =
  /\b((?:proxy-)?authorization|(?:x-)?api[-_]?key)((?:\\*["'])?\s*[:=]\s*)(?:(\\*["']).*?\3|[^\s"'\\,;&}]+)/giu;

/** A text without what looks like a credential in it. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(SCHEME, `$1 ${REMOVED}`).replaceAll(NAMED, `$1$2$3${REMOVED}$3`);
}
