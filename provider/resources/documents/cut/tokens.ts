/**
 * Tokens that an embedding model makes of a text, carefully estimated: its tokenizer is not known, and the rule is never
 * below the common ones on prose, code, tables, scripts of the world, or runs without spaces.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(weigh(text, 0, text.length));
}

const enum Kind {
  space,
  newline,
  lower,
  upper,
  digit,
  sign,
  wide,
}

/** The kinds of the ASCII characters; all others are `wide`. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(character: string): Kind {
  if (character === "\n" || character === "\r") return Kind.newline;
  if (/[\s\0]/u.test(character)) return Kind.space;
  if (/[a-z]/u.test(character)) return Kind.lower;
  if (/[A-Z]/u.test(character)) return Kind.upper;
  return /[0-9]/u.test(character) ? Kind.digit : Kind.sign;
}

/**
 * The tokens of a part of a text as a fraction, which the estimate rounds up. Two neighbouring parts together never weigh
 * more than they do alone, so that weights may be added up.
 */
export function weigh(text: string, start: number, end: number): number {
  let weight = 0;
  let run = 0;
  let last = Kind.space;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (KINDS[code] ?? Kind.sign) : Kind.wide;
    // A capital letter begins a word; what follows it in small letters is the same one.
    run = kind === last || (kind === Kind.lower && last === Kind.upper) ? run + 1 : 1;
    weight += kind === Kind.wide ? wide(code) : costOf(kind, run);
    last = kind;
  }
  return weight;
}

/** What a run's next character adds. */
function costOf(kind: Kind, run: number): number {
  switch (kind) {
    case Kind.space:
      return run === 1 ? 0.06 : run === 2 ? 1 : 0.07;
    case Kind.newline:
      return run < 3 ? 0.6 : 0.2;
    case Kind.lower:
      return run === 1 ? 1 : run < 6 ? 0.04 : 0.25;
    case Kind.upper:
      return run === 1 ? 1 : 0.5;
    case Kind.digit:
      return run === 1 ? 1 : 0.5;
    default:
      return 1;
  }
}

/** By the bytes that the character has in UTF-8, which is what tokenizers fall back to. A surrogate is half a character. */
function wide(code: number): number {
  if (code < 0x800) return 1.1;
  if (code >= 0xd800 && code < 0xe000) return 2;
  return code >= 0x3000 && code < 0xa000 ? 2 : 3;
}
