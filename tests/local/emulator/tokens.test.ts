import { countTokens } from "../../../local/emulator/tokens.js";

it.each([
  ["", 0],
  ["one two, three", 4],
  ["internationalization", 4],
  ["2026-11-23", 6],
  ["日本語", 3],
  ["────────", 2],
  ["🦄🦄", 1],
])("%j is counted as subword tokenizers do", (text, tokens) => {
  expect(countTokens(text)).toBe(tokens);
});
