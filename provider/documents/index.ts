/**
 * Reads and splits documents as the resource `Documents` does. It needs neither Pulumi nor the API.
 *
 * @example
 * ```ts
 * import { splitText } from "pulumi-vultr-inference/documents";
 *
 * const chunks = await splitText("# Returns\n\nSend anything back within 30 days.", { maxTokens: 256 });
 * console.log(chunks.map(({ content, tokens }) => [content, tokens]));
 * ```
 */
import { refusalOf } from "./document-error.js";
import type { DocumentChunk } from "./split/chunk.js";
import { DEFAULT_MAX_TOKENS, MIN_MAX_TOKENS } from "./split/limits.js";

/** How a text or a document is split. */
export interface SplitDocumentOptions {
  /**
   * Tokens of a chunk at most, by a careful estimate, heading path and overlap included: a whole number from 64 on.
   * Default: 384. The API takes about 512 by its own count.
   */
  readonly maxTokens?: number;
  /**
   * Tokens with which a chunk repeats the end of the one before, under the same heading: less than half of `maxTokens`.
   * Default: 0.
   */
  readonly overlapTokens?: number;
}

/** How `splitText` splits. */
export interface SplitTextOptions extends SplitDocumentOptions {
  /**
   * What the text would be called as a file. Its ending says how it is read: `page.html`, `rows.csv`. Default:
   * Markdown.
   */
  readonly name?: string;
}

export type { DocumentChunk } from "./split/chunk.js";

/** What became of a document. */
export interface DocumentChunks {
  /** In the order of the document; none where it says nothing. */
  readonly chunks: readonly DocumentChunk[];
  /** What was left out and could be missed, such as an equation: a sentence each. */
  readonly warnings: readonly string[];
}

/** A document that cannot be read. The message is a sentence that names it, says why, and what to do. */
export class UnreadableDocumentError extends Error {
  /** Tells it apart from other errors. */
  readonly code = "unreadable_document";

  constructor(
    /** What the document is called. */
    readonly document: string,
    reason: string,
  ) {
    super(`"${document}" ${reason}.`);
    this.name = "UnreadableDocumentError";
  }
}

/**
 * Splits a text into chunks, as `Documents` splits a document of the same name: at headings, else between blocks, else
 * between sentences.
 *
 * @throws UnreadableDocumentError where the text is not what its name says.
 * @throws RangeError where `maxTokens` or `overlapTokens` is out of bounds.
 */
export async function splitText(text: string, options: SplitTextOptions = {}): Promise<DocumentChunk[]> {
  const { name = "text.md", ...rest } = options;
  const { chunks } = await splitDocument(name, Buffer.from(text), rest);
  return [...chunks];
}

/**
 * Reads a document as its name's ending says, and splits it into chunks. All of it happens in this process, without the
 * limits of time and memory that a deployment has: take care with documents of people whom you do not trust.
 *
 * @param name its ending says of what kind it is, in any case; without one it is Markdown.
 * @throws UnreadableDocumentError where the bytes are not what the name says, or more than 32 MiB.
 * @throws RangeError where `maxTokens` or `overlapTokens` is out of bounds.
 */
export async function splitDocument(
  name: string,
  bytes: Uint8Array,
  options: SplitDocumentOptions = {},
): Promise<DocumentChunks> {
  const { maxTokens = DEFAULT_MAX_TOKENS, overlapTokens = 0 } = options;
  requireBounds(maxTokens, overlapTokens);
  // The readers are loaded by those alone who split something.
  const { splitDocument: split } = await import("./split-document.js");
  try {
    const { chunks, warnings } = await split(name, bytes, { maxTokens, overlapTokens });
    return {
      chunks: chunks.map(({ content, text, headings, tokens }) => ({ content, text, headings, tokens })),
      warnings: warnings.map((warning) => `"${name}" ${warning}.`),
    };
  } catch (error) {
    throw new UnreadableDocumentError(name, refusalOf(error));
  }
}

function requireBounds(maxTokens: number, overlapTokens: number): void {
  if (!Number.isInteger(maxTokens) || maxTokens < MIN_MAX_TOKENS)
    throw new RangeError(`maxTokens must be a whole number from ${MIN_MAX_TOKENS} on.`);
  const most = Math.ceil(maxTokens / 2) - 1;
  if (!Number.isInteger(overlapTokens) || overlapTokens < 0 || overlapTokens > most) {
    throw new RangeError(`overlapTokens must be a whole number from 0 to ${most}, less than half of maxTokens.`);
  }
}
