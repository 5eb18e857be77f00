/** The tokens of an answer: words with the space before them, and signs. Joined they are the text again. */
export function splitTokens(text: string): string[] {
  return text.match(/\s*(?:[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}])|\s+$/gu) ?? [];
}
