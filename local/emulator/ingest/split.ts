import { countTokens, MAX_TOKENS } from "../tokens.js";

/** A part of a text, and its tokens. */
export interface Chunk {
  readonly text: string;
  readonly tokens: number;
}

/** Small enough that a chunk is about one thing, large enough to make sense alone. */
const CHUNK_TOKENS = MAX_TOKENS / 2;

/**
 * Where a text may be split, best first, and what joins the parts again: an empty line, a line, a sentence, a space,
 * nothing.
 */
const SEPARATORS: readonly (readonly [RegExp, string])[] = [
  [/\n[^\S\n]*\n\s*/, "\n\n"],
  [/\n/, "\n"],
  [/(?<=[.!?…。！？])\s+/, " "],
  [/\s+/, " "],
  [/(?=[^])/u, ""],
];

/** Splits a text into chunks of at most 256 tokens. Empty ones are left out. */
export function splitText(text: string): Chunk[] {
  const trimmed = text.trim();
  return withHeadings(split({ text: trimmed, tokens: countTokens(trimmed) }, 0)).filter((chunk) => chunk.text !== "");
}

function split(whole: Chunk, level: number): Chunk[] {
  const [separator, glue = ""] = SEPARATORS[level] ?? [];
  if (separator === undefined || whole.tokens <= CHUNK_TOKENS) return [whole];
  const chunks: Chunk[] = [];
  let open: Chunk[] = [];
  let tokens = 0;
  const flush = (): void => {
    if (open.length > 0)
      chunks.push({
        text: open
          .map(({ text }) => text)
          .join(glue)
          .trim(),
        tokens,
      });
    open = [];
    tokens = 0;
  };
  for (const text of whole.text.split(separator)) {
    const part = { text, tokens: countTokens(text) };
    if (tokens + part.tokens > CHUNK_TOKENS) flush();
    if (part.tokens > CHUNK_TOKENS) for (const chunk of split(part, level + 1)) chunks.push(chunk);
    else {
      open.push(part);
      tokens += part.tokens;
    }
  }
  flush();
  return chunks;
}

/** Headings of more tokens than this stay where they are. */
const HEADING_TOKENS = 64;

/** Puts the headings at the end of a chunk in front of the next chunk. */
function withHeadings(chunks: readonly Chunk[]): Chunk[] {
  let carried = "";
  return chunks.flatMap(({ text: own, tokens }, index) => {
    const text = carried + own;
    const headings = index < chunks.length - 1 ? headingsAtEnd(text) : "";
    carried = headings;
    const rest = text.slice(0, text.length - headings.length).trimEnd();
    if (carried !== "") carried += "\n\n";
    if (rest === "") return [];
    return [{ text: rest, tokens: rest === own ? tokens : countTokens(rest) }];
  });
}

function headingsAtEnd(text: string): string {
  const found = /(?:(?:^|\n\n)#{1,6} [^\n]*)+$/.exec(text)?.[0] ?? "";
  return countTokens(found) > HEADING_TOKENS ? "" : found.trimStart();
}
