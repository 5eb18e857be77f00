/** What counts as a word. */
export const WORDS = /[\p{L}\p{M}\p{N}_$]+/gu;
const HUMPS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|_|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

const STOP = new Set(
  (
    "a an and any are as at be been but by can could did do does for from had has have how i if in into is it its just " +
    "me my no not of on or our shall should so some than that the their them then there these they this those to too " +
    "was we were what when where which while who why will with would you your"
  ).split(" "),
);

/**
 * The words of a text as the index knows them: lower case, without the commonest English ones, cut to their stems;
 * `bodyTimeout` counts as itself and as its parts.
 */
export function indexWords(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(WORDS)) {
    const parts = word.split(HUMPS).filter((part) => part !== "");
    if (parts.length > 1) words.push(word.toLowerCase());
    for (const part of parts) {
      const lower = part.toLowerCase();
      if (!STOP.has(lower)) words.push(stem(lower));
    }
  }
  return words;
}

const ENDINGS: readonly [RegExp, string][] = [
  [/(ss|us|is)$/, "$1"],
  [/(sh|ch|x|z|ss)es$/, "$1"],
  [/ies$/, "y"],
  [/s$/, ""],
];

/** A light stem: plural and the endings -ing and -ed; enough that "cancelling" finds "cancel". */
export function stem(word: string): string {
  if (word.length < 4) return word;
  const ending = ENDINGS.find(([pattern]) => pattern.test(word));
  const singular = ending === undefined ? word : word.replace(ending[0], ending[1]);
  const root = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(singular)?.[1];
  if (root === undefined || root.length < 3) return singular.replace(/(?<=.{3})e$/, "");
  return root
    .replace(/([^aeiouls])\1$/, "$1")
    .replace(/ll$/, "l")
    .replace(/(?<=.{3})e$/, "");
}
