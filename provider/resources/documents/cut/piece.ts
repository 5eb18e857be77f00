import { comparableHash } from "../../../ownership/comparable.js";
import { estimateTokens } from "./tokens.js";

/** What becomes one item of the collection. */
export interface Piece {
  /** What is embedded: the breadcrumb, an empty line, and the text; where it begins within a table, the table's head in between. */
  readonly content: string;
  /** The document's own text in it. Without overlap, the pieces' texts in order are the document's, but for white space. */
  readonly text: string;
  /** `comparableHash` of the content. */
  readonly hash: string;
  /** The document's title and the headings from the outermost to the one that the text stands under; may be empty. */
  readonly headings: readonly string[];
  /** A careful estimate of the content's tokens. */
  readonly tokens: number;
}

/** @param lead what comes before the text in the content. @param tokens where the estimate is known already. */
export function makePiece(lead: string, text: string, headings: readonly string[], tokens?: number): Piece {
  const content = lead + text;
  return { content, text, hash: comparableHash(content), headings, tokens: tokens ?? estimateTokens(content) };
}
