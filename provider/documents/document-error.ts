import { messageOf } from "../text/error-message.js";

/** A document that cannot be read. The message is a sentence's part that follows the document's name: `"a.md" is …`. */
export class DocumentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DocumentError";
  }
}

/**
 * Says of whatever a reader threw why the document cannot be read: a sentence's part, as the message of a
 * `DocumentError` is.
 */
export function refusalOf(error: unknown): string {
  if (error instanceof DocumentError) return error.message;
  // The engine's word for too many calls within each other.
  if (error instanceof RangeError) return "is nested too deeply to be read: flatten it, or exclude it";
  return `cannot be read: ${messageOf(error).replace(/\.$/u, "")}. Simplify it, or exclude it`;
}
