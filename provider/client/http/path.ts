import { z } from "zod";
import { UsageError } from "./errors.js";
import type { Settings } from "./settings.js";
import { quoted } from "../../text/clean.js";

/** As those of the API: short names of collections, and UUIDs. What is longer or has blanks could be a text. */
const PLAIN_ID = /^[\w.:~-]{1,40}$/u;

/** What would leave the segment, end the path, or be decoded into either on the way. */
const escaping = /[\p{Cc}\p{Cs}/\\?#%]/u;

/**
 * A path whose values stay within their segments.
 *
 * @example path`/vector_store/${id}/items`
 * @throws UsageError for a value that is empty, `.` or `..`, or has a `/`, `\`, `?`, `#`, `%` or a control character.
 */
export function path(fixed: TemplateStringsArray, ...ids: readonly unknown[]): string {
  return fixed.reduce((whole, chunk, index) => `${whole}${segment(ids[index - 1])}${chunk}`);
}

/** Whether an id can stand in a path. */
export function isPathSegment(id: unknown): id is string {
  return typeof id === "string" && id !== "" && id !== "." && id !== ".." && !escaping.test(id);
}

/**
 * The id of something that the API has just made: one by which it can be reached. It stands in the state, in journals
 * and in messages, so it must not hold the key.
 */
export function newId(settings: Pick<Settings, "redact" | "confidential">): z.ZodString {
  const { redact } = settings;
  return knownId(settings)
    .refine(isPathSegment, "no id that can be part of a path")
    .refine((text) => redact(text) === text, "it holds the API key");
}

/**
 * The id of what was asked for. Where something secret is worked on, it must look like an id rather than like a text.
 */
export function knownId({ confidential }: Pick<Settings, "confidential">): z.ZodString {
  return confidential ? z.string().regex(PLAIN_ID, "no id that can be told beside something secret") : z.string();
}

/** An id of the API for a message. */
export function toldId(id: string): string {
  return PLAIN_ID.test(id) ? id : "(not shown)";
}

function segment(id: unknown): string {
  if (!isPathSegment(id)) {
    throw new UsageError(
      `The id ${quoted(id)} cannot be part of a path; give an id as the API answered it: ` +
        'a non-empty string without slashes, "?", "#", "%" and control characters.',
      { operation: "path" },
    );
  }
  return encodeURIComponent(id);
}
