import { countTokens, MAX_TOKENS } from "../tokens.js";

/** Small enough that a piece is about one thing, large enough to make sense alone. */
const PIECE_TOKENS = MAX_TOKENS / 2;

/** Where a text may be cut, best first: at an empty line, a line, a sentence, a space, anywhere. */
const JOINTS = [/\n[^\S\n]*\n\s*/, /\n/, /(?<=[.!?…。！？])\s+/, /\s+/, /(?=[^])/u];

/** Cuts a text into pieces of at most 256 tokens. Empty ones are left out. */
export function cutText(text: string): string[] {
  return cut(text.trim(), 0).filter((piece) => piece !== "");
}

function cut(text: string, level: number): string[] {
  const joint = JOINTS[level];
  if (joint === undefined || countTokens(text) <= PIECE_TOKENS) return [text];
  const parts = text.split(joint).map((part) => ({ part, tokens: countTokens(part) }));
  const pieces: string[] = [];
  let open: string[] = [];
  let tokens = 0;
  const glue = ["\n\n", "\n", " ", " ", ""][level] ?? "";
  const flush = (): void => {
    if (open.length > 0) pieces.push(open.join(glue).trim());
    open = [];
    tokens = 0;
  };
  for (const { part, tokens: more } of parts) {
    if (tokens + more > PIECE_TOKENS) flush();
    if (more > PIECE_TOKENS) pieces.push(...cut(part, level + 1));
    else {
      open.push(part);
      tokens += more;
    }
  }
  flush();
  return pieces;
}
