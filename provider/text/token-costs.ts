/**
 * What a character costs, in tokens: what the byte-pair tokenizers cl100k and o200k take for it in running text, the
 * larger of both, and a tenth on top. They spend most on scripts that they have seen little of, so the costs differ by
 * script, and within a script by how common a letter is. Texts in forty languages were measured.
 */
type Row = readonly [cost: number, first: number, last: number] | readonly [cost: number, characters: string];

/** By blocks of Unicode, and in them by letters; what comes later wins. */
const ROWS: readonly Row[] = [
  [3.1, 0x0080, 0xffff],
  [1.2, 0x0080, 0x00bf],
  // Letters with accents come with words that are not English, which are split into more tokens all over.
  [2.2, 0x00c0, 0x024f],
  [2, 0x0250, 0x036f],
  // Vietnamese
  [1.2, 0x1ea0, 0x1eff],
  // Greek
  [2.1, 0x0370, 0x03ff],
  [1.12, "αβγδεηθικλμνοπρςστυφόάέήί"],
  // Cyrillic: the letters that Slavic languages share, those that some of them share, and all others.
  [2.5, 0x0400, 0x052f],
  [0.9, "АБВГДЕЖЗИЙКЛМНОПРСТУФЦЧШЩЫЬЭЮЯ"],
  [0.46, "авдезийклмнопрстья"],
  [0.7, "бгжуфхцчшщыю"],
  [1.6, "іёъэ"],
  [2.25, 0x0530, 0x058f],
  // Hebrew
  [1.95, 0x0590, 0x05ff],
  [1.2, "אבדהוחילמנערשת"],
  // Arabic: its own letters, and those that other languages add to them.
  [2.3, 0x0600, 0x06ff],
  [1, "بثجحخذرزسشصضطظعغقكمنهوىي،ءپکگی"],
  [0.8, "اأإةتدفل"],
  [2.1, 0x0700, 0x08ff],
  // Devanagari
  [2.1, 0x0900, 0x097f],
  [1.2, "कतनमरलहीोुंप"],
  [0.8, "ािे्स"],
  // Bengali, Gurmukhi and Gujarati, Tamil, Telugu and Kannada, Malayalam, Sinhala, Lao, Tibetan, Burmese, Georgian,
  // Khmer
  [1.6, 0x0980, 0x09ff],
  [2.2, 0x0a00, 0x0aff],
  [1.75, 0x0b80, 0x0bff],
  [2.2, 0x0c00, 0x0cff],
  [2, 0x0d00, 0x0d7f],
  [2.4, 0x0d80, 0x10ff],
  [1.9, 0x1780, 0x17ff],
  // Thai
  [2.1, 0x0e00, 0x0e7f],
  [1.1, "กขคงจชณดตถทนบปผพมยรลวสหอะัาำิีืุูเแใไ็่้์"],
  // What stands between words and sentences all over
  [1.2, "–—‘’“”…«»°·×"],
  // Japanese and Chinese
  [1.2, 0x3000, 0x30ff],
  [1.5, 0x3400, 0x9fff],
  [1.5, 0xff00, 0xffef],
  // Korean
  [1.36, 0xac00, 0xd7a3],
  // Half of a character each
  [2, 0xd800, 0xdfff],
];

/** A space behind a letter of these scripts is a token of its own more often than not behind a Latin one. */
export const SPACE_BEHIND = 0.35;

/**
 * A letter of which a tokenizer has seen little parts the word that it is in, so the common letter behind it costs
 * more, too.
 */
export const RARE = 1.4;
export const BEHIND_RARE = 0.55;

/** Costs of all characters beyond ASCII, by their code. */
export const COSTS_BEYOND_ASCII: Float32Array = tabulated();

function tabulated(): Float32Array {
  const costs = new Float32Array(0x10000);
  for (const row of ROWS) {
    if (row.length === 3) costs.fill(row[0], row[1], row[2] + 1);
    else for (const character of row[1]) costs[character.charCodeAt(0)] = row[0];
  }
  return costs;
}
