import { comparableHash } from "../../ownership/comparable.js";
import { estimateTokens } from "../../text/tokens.js";

/** A part of a document, as `Documents` makes an item of it. */
export interface DocumentChunk {
  /**
   * What is embedded: the heading path, an empty line, and the text. Where the chunk begins within a table, a
   * definition, a value or code, the table's head, the term, the value's name or the fence stands in between.
   */
  readonly content: string;
  /**
   * The document's own text in it. Without overlap, the chunks' texts in order are the document's, but for white space.
   */
  readonly text: string;
  /** The document's title and the headings from the outermost to the one that the text stands under; may be empty. */
  readonly headings: readonly string[];
  /** A careful estimate of the content's tokens. */
  readonly tokens: number;
}

/** A chunk that is going to be an item of a collection. */
export interface Chunk extends DocumentChunk {
  /** `comparableHash` of the content. */
  readonly hash: string;
}

/** @param lead what comes before the text in the content. @param tokens where the estimate is known already. */
export function makeChunk(lead: string, text: string, headings: readonly string[], tokens?: number): Chunk {
  const content = lead + text;
  return { content, text, hash: comparableHash(content), headings, tokens: tokens ?? estimateTokens(content) };
}
