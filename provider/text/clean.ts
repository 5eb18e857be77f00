/** Text of others on its way into a message: no control characters, no terminal escapes, not too long. */

const escapes = /[\u001b\u009b](?:\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\[?[0-?]*[ -/]*[@-~])/gu;
/** Control characters, what steers the direction of a line, and letters of which nothing is seen. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]+/gu;
/** The same within JSON, whose own line breaks are none of its values'. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;
const longestRead = 65_536;

/** The text on one line, without control characters, terminal escapes and invisible direction marks. */
export function clean(text: string): string {
  return oneLine(text.slice(0, longestRead).replace(escapes, "").replace(invisible, " "));
}

/** The text on one line, as it is otherwise. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/**
 * Several lines, each without control characters, terminal escapes and invisible direction marks; spaces stay as they
 * are.
 */
export function cleanLines(text: string): string {
  const lines = text.split(/\r?\n/u);
  return lines.map((line) => line.replace(escapes, "").replace(invisible, " ").trimEnd()).join("\n");
}

/** JSON in which nothing invisible stays so: the same value, in signs that can be seen. */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(unseen, escapedUnits);
}

/** The signs of a text in the form in which JSON writes what it cannot show. */
export function escapedUnits(text: string): string {
  return Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
    "",
  );
}

/** The text cut to at most `length` characters, with `…` where something is missing. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text.slice(0, length * 2 + 2));
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}

/** A name given by a user, fit for a message: `"finbert"`. */
export function quoted(name: unknown): string {
  return typeof name === "string" ? `"${shorten(clean(name), 60)}"` : `(${typeof name})`;
}

/** Where something stands within a value, behind the value's name: `.tools[0].name`. */
export function placeIn(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
}
