import { countTokens, MAX_TOKENS } from "../tokens.js";

/** Small enough that a chunk is about one thing, large enough to make sense alone. */
const CHUNK_TOKENS = MAX_TOKENS / 2;

/** Where a text may be split, best first: at an empty line, a line, a sentence, a space, anywhere. */
const SEPARATORS = [/\n[^\S\n]*\n\s*/, /\n/, /(?<=[.!?…。！？])\s+/, /\s+/, /(?=[^])/u];

/** Splits a text into chunks of at most 256 tokens. Empty ones are left out. */
export function splitText(text: string): string[] {
  return split(text.trim(), 0).filter((chunk) => chunk !== "");
}

function split(text: string, level: number): string[] {
  const separator = SEPARATORS[level];
  if (separator === undefined || countTokens(text) <= CHUNK_TOKENS) return [text];
  const parts = text.split(separator).map((part) => ({ part, tokens: countTokens(part) }));
  const chunks: string[] = [];
  let open: string[] = [];
  let tokens = 0;
  const glue = ["\n\n", "\n", " ", " ", ""][level] ?? "";
  const flush = (): void => {
    if (open.length > 0) chunks.push(open.join(glue).trim());
    open = [];
    tokens = 0;
  };
  for (const { part, tokens: more } of parts) {
    if (tokens + more > CHUNK_TOKENS) flush();
    if (more > CHUNK_TOKENS) chunks.push(...split(part, level + 1));
    else {
      open.push(part);
      tokens += more;
    }
  }
  flush();
  return chunks;
}
