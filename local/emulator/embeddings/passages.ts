/** The passages of a text that get a vector each. */
export function sentencePassages(text: string): string[] {
  return [text];
}
