import type { DocumentTree } from "../tree.js";
import { makeChunk, type Chunk } from "./chunk.js";
import { fit, type Run } from "./fit.js";
import { headingPath } from "./heading-path.js";
import { layOut } from "./layout.js";
import { sections, type Section } from "./sections.js";
import { sentences } from "./sentences.js";
import { lines, words } from "./separators.js";
import { estimateTokens, estimateTokensIn } from "../../text/tokens.js";

/** How documents are split. */
export interface SplitOptions {
  /** A chunk's most tokens by the estimate, heading path and overlap included; at least 64. */
  readonly maxTokens: number;
  /**
   * Tokens of the chunk before with which a chunk begins at most, unless it begins a section; less than half of
   * `maxTokens`.
   */
  readonly overlapTokens: number;
}

/**
 * Splits a document into chunks of at most `maxTokens`. Every heading begins one, but that those without text of their
 * own go with the next. What is split where within a section hangs on the text around alone, so an edit of a paragraph
 * leaves all chunks as they were but the one that it is in and that one's neighbours.
 */
export function split(tree: DocumentTree, options: SplitOptions): Chunk[] {
  return sections(tree).flatMap((section) => splitSection(section, options));
}

/** The heading path takes a quarter of a chunk at most. */
const SHARE = 1 / 4;

/** What a text's first run may weigh more alone than in its place, and rounding. */
const SLACK = 3;

function splitSection(section: Section, { maxTokens, overlapTokens }: SplitOptions): Chunk[] {
  const limit = maxTokens * SHARE;
  const first = leadOf(section.above, limit);
  const { text, units } = layOut(section);
  const tokens = estimateTokens(first) + estimateTokens(text);
  if (text.trim() === "") return [];
  if (tokens <= maxTokens) return [makeChunk(first, tidy(text), section.path, tokens)];
  const later = leadOf(section.path, limit);
  const budget = maxTokens - Math.max(estimateTokens(first), estimateTokens(later)) - overlapTokens - SLACK;
  const chunks: Chunk[] = [];
  fit(text, units(), budget, (run) => {
    const from = run.start === 0 ? 0 : overlapFrom(text, run, overlapTokens);
    const lead = run.start === 0 ? first : later + run.heads.map((head) => head.text).join("");
    if (text.slice(run.start, run.end).trim() !== "")
      chunks.push(makeChunk(lead, tidy(text.slice(from, run.end)), section.path));
  });
  return chunks;
}

/** What begins within a nested list, or in code, is moved to the left as a whole. */
function tidy(text: string): string {
  const trimmed = text.trim();
  const [indentation = ""] = /[^\S\n]*$/u.exec(text.slice(0, text.length - text.trimStart().length)) ?? [];
  return indentation === "" ? trimmed : trimmed.replaceAll(`\n${indentation}`, "\n");
}

function leadOf(headings: readonly string[], limit: number): string {
  const line = headingPath(headings, limit);
  return line === "" ? "" : `${line}\n\n`;
}

/** Where a chunk begins that repeats the end of the one before: at a sentence or a line, or else at a word. */
function overlapFrom(text: string, { start, kind, heads }: Run, tokens: number): number {
  if (tokens === 0) return start;
  const window = Math.max(heads.at(-1)?.end ?? 0, start - tokens * 8);
  for (const separators of [kind === "lines" ? lines : sentences, words]) {
    const from = separators(text, window, start).find((at) => estimateTokensIn(text, at, start) <= tokens);
    if (from !== undefined) return from;
  }
  return start;
}
