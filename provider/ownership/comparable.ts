import { createHash } from "node:crypto";

/**
 * A content in the form in which it is compared with what the API holds: an API may keep other line ends, another Unicode
 * form, or no white space around it.
 */
export function comparable(text: string): string {
  return text.normalize("NFC").replaceAll(/\r\n?/gu, "\n").trim();
}

/** Stands for a content in that form: the first 128 bits of its SHA-256, as 32 hexadecimal digits. */
export function comparableHash(text: string): string {
  return createHash("sha256").update(comparable(text), "utf8").digest("hex").slice(0, 32);
}

/** Whether two names or titles are the same but for their case, Unicode form and white space. */
export function sameText(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

/** A name in the form in which it is looked for. */
export function folded(text: string): string {
  return comparable(text).replaceAll(/\s+/gu, " ").toLowerCase();
}
