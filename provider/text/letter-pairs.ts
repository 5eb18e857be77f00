/**
 * What a letter adds to the estimate by the one before it. A tokenizer has whole words of English as one token, and
 * cuts those of other languages into more; which a word is, its pairs of letters tell: `th` and `ng` are English, `zj`
 * and `kw` are not. Small letters alone count. A capital, a sign or a space is before a word and behind it.
 *
 * `node tests/provider/text/letter-pairs.mjs --write` fits the numbers to texts in 400 languages and writes them.
 */
interface Script {
  /** The number of its first letter and its last; 0 stands for all that are none. */
  readonly first: number;
  readonly last: number;
}

/** Latin: 26 letters, those with accents as one, and those of Vietnamese alone as one. Cyrillic: 32, and all others. */
export const PAIRS: readonly Script[] = [
  { first: 1, last: 28 },
  { first: 29, last: 61 },
];

/** How many letters are told apart, 0 among them. */
export const LETTERS = 62;

/**
 * By script: a line for the letter before, a sign for the letter, each beginning with that which is none. A sign is a
 * number to the base of 36, in tenths of a token, 9 being nothing.
 */
const TABLES: readonly (readonly string[])[] = [
  [
    "9684574j6487a8b44845467aabc59",
    "ch98dkd9cfe88d9d8e9888bcdbb89",
    "cba99899bb8a899g99889a9a9998a",
    "88989899c898899899898b999a879",
    "8d99h899e899a99899b8999b9cb7a",
    "b8a88faaefah99aa8888hfba8e9b9",
    "f8a99989b89a89a89989889a9ca99",
    "8da9b9baa8a9b9ab8998adaacb969",
    "ef9aa899acaaa9ac99888hbaad97a",
    "jga8cffcedfg9c98acff8j9aeda69",
    "ic99af99adaa99aca998bb999a988",
    "ce999g99cd9ba9aif9b8bebc9b949",
    "hha98aaaabac889ca89a889b98959",
    "chc9bba9ac999cbh89a9adab9b969",
    "dea88hbe9dbda9db8ae88cabcfc49",
    "bcc88d8gdbdde88d8b89e8b8b9999",
    "ac999899ad99889a89888a9b9a999",
    "fd99aa999b99999a9999a89999999",
    "aca89898baa99888999889bc99859",
    "8a98988afeaeaaba8b9888a89a869",
    "8e98989c88a9a8988a8d8db898a29",
    "gc88cabaafbd89ce9cab9cbbbab89",
    "fba9a899bda9a9bc9aa99da99a989",
    "bea99i998899c9af99989c999b988",
    "jc999b999c99999a899a8b9aaaa99",
    "8ea8dfabaf99acec89bbbca99a969",
    "c9999999ai99998a9999999999979",
    "08757b978c88580489576c9797709",
    "7a999999999999899999999999999",
  ],
  [
    "9dd9ab99a99b9baa99aca9c9aa9999a9ae",
    "eb9aab99aaa9bac99eaa99a9999999999b",
    "9b9999999a99999a9999a999999999999a",
    "9a99999999999998999999999999999999",
    "9b9999a99999999999999999999999a99a",
    "bc9999999a9999999999a999999999999a",
    "a9999999999999999a9999999a99999999",
    "9999999999999999999999999999999999",
    "aa99999999999999999999999999999999",
    "c999999999a9a9b99a999999999999999a",
    "9999999999999999999999999999999999",
    "9a9999a99a99a9999999a999999999999a",
    "ac99a9a999999999999999999999a9a99b",
    "aa9999999999999999999999999999999a",
    "eb999aa999999998999999999999a9999a",
    "899899999999a9a99a999999999999999a",
    "aa99999999999999999999999999999999",
    "ca99aa999a99999a999a99a99999a9999a",
    "aa9999999a999999999899999999999999",
    "9b9999999a999999999999999999a8a99a",
    "a9999999999aa9a99a9999999999999999",
    "9999999999999999999999999999999999",
    "aa9999999999999a99999999999999999a",
    "9999999999999999999999999999999999",
    "9a99999999999999999999999999a99999",
    "9a99999999999999999999999999999999",
    "9999999999999999999999999999999999",
    "9999999999999999999999999999999999",
    "b9999999999aa9b99a999999999999999a",
    "9999999999999999999999999999999999",
    "a9999999999999999a9999999999999999",
    "9999999999999999999999999999999999",
    "9999999999999999999999999999999999",
    "eb99a999aaa9aaba9baaa999999999999b",
  ],
];

const NUMBERS = numbered();

function numbered(): Uint8Array {
  const numbers = new Uint8Array(0x10000);
  const put = (first: number, last: number, numberOf: (code: number) => number): void => {
    for (let code = first; code <= last; code++) numbers[code] = numberOf(code);
  };
  put(0x61, 0x7a, (code) => code - 0x60);
  put(0xc0, 0x24f, () => 27);
  put(0x1ea0, 0x1eff, () => 28);
  put(0x430, 0x44f, (code) => code - 0x430 + 29);
  put(0x450, 0x52f, () => 61);
  for (const sign of "×÷") numbers[sign.charCodeAt(0)] = 0;
  return numbers;
}

/** The number of a letter by its code; 0 for what is none. */
export function letterAt(code: number): number {
  return NUMBERS[code] ?? 0;
}

/** What a letter adds, by `LETTERS` times the number of the one before it, and its own. */
export const addedByPair: Float32Array = tabulated();

function tabulated(): Float32Array {
  const added = new Float32Array(LETTERS * LETTERS);
  for (const [script, rows] of TABLES.entries()) {
    const numberOf = (index: number): number => (index === 0 ? 0 : (PAIRS[script]?.first ?? 0) + index - 1);
    for (const [before, row] of rows.entries()) {
      for (let letter = 0; letter < row.length; letter++)
        added[numberOf(before) * LETTERS + numberOf(letter)] = (Number.parseInt(row.charAt(letter), 36) - 9) / 10;
    }
  }
  return added;
}
