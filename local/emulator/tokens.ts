/** The longest text the embedding model takes, in tokens. Source: a client of the live API saw 422 above about 512. */
export const MAX_TOKENS = 512;

const PIECES =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\p{L}\p{M}]+|\p{N}+|([^\s\p{L}\p{M}\p{N}])\1*/gu;

/**
 * Tokens of a text. The live model's tokenizer is unknown; this rule counts the way subword tokenizers do: a short
 * word is one, a longer one is one more for each further five letters, three digits are one, a sign is one, as are four
 * equal ones in a row.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  for (const [part] of text.matchAll(PIECES)) tokens += tokensOf(part);
  return tokens;
}

function tokensOf(part: string): number {
  if (/^\p{N}/u.test(part)) return Math.ceil(part.length / 3);
  if (/^[\p{L}\p{M}]/u.test(part)) return Math.max(1, Math.ceil((part.length - 2) / 5));
  return Math.ceil(Array.from(part).length / 4);
}
