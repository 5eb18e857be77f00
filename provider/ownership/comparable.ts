import { oneLine } from "../text/clean.js";
import { hash } from "node:crypto";

const BEYOND_PLAIN = /[^\n -~]/u;

/**
 * A content in the form in which it is compared with what the API holds: an API may keep other line ends, another
 * Unicode form, or no white space around it.
 */
export function comparable(text: string): string {
  if (!BEYOND_PLAIN.test(text)) return text.trim();
  return text.normalize("NFC").replaceAll(/\r\n?/gu, "\n").trim();
}

/** Stands for a content in that form: the first 128 bits of its SHA-256, as 32 hexadecimal digits. */
export function comparableHash(text: string): string {
  return hash("sha256", comparable(text)).slice(0, 32);
}

/** Whether two names or titles are the same but for their case, Unicode form and white space. */
export function sameText(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

/** A name in the form in which it is looked for. */
export function folded(text: string): string {
  return oneLine(comparable(text)).toLowerCase();
}

/** Whether two times that the API has told are the same, be one told to the millisecond and the other to the second. */
export function sameInstant(a: string | undefined, b: string | undefined): boolean {
  const [first = Number.NaN, second = Number.NaN] = [a, b].map((time) => Date.parse(time ?? ""));
  const isRounded = first % 1000 === 0 || second % 1000 === 0;
  return a === b || first === second || (isRounded && Math.floor(first / 1000) === Math.floor(second / 1000));
}
