import { z } from "zod";
import { UsageError } from "./errors.js";
import { quoted } from "./words.js";

/** What would leave the segment, end the path, or be decoded into either on the way. */
const escaping = /[\p{Cc}\p{Cs}/\\?#%]/u;

/**
 * A path whose values stay within their segments.
 *
 * @example path`/vector_store/${id}/items`
 * @throws UsageError for a value that is empty, `.` or `..`, or has a `/`, `\`, `?`, `#`, `%` or a control character.
 */
export function path(fixed: TemplateStringsArray, ...ids: readonly unknown[]): string {
  return fixed.reduce((whole, piece, index) => `${whole}${segment(ids[index - 1])}${piece}`);
}

/** Whether an id can stand in a path. */
export function isPathSegment(id: unknown): id is string {
  return typeof id === "string" && id !== "" && id !== "." && id !== ".." && !escaping.test(id);
}

/** The id of something that the API has just made: one by which it can be reached. */
export const newId = z.string().refine(isPathSegment, "no id that can be part of a path");

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
