import { addedByPair, letterAt, LETTERS } from "./letter-pairs.js";
import { BEHIND_RARE, COSTS_BEYOND_ASCII, RARE, SPACE_BEHIND } from "./token-costs.js";

/**
 * Tokens that an embedding model makes of a text, carefully estimated: which tokenizer the API uses is not known, and
 * the rule is hardly ever below the common ones on prose, code, tables, scripts of the world, or runs without spaces.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(estimateTokensIn(text, 0, text.length));
}

/** What a character in ASCII is for a tokenizer; a run of one kind is what tokens are made of. */
const SPACE = 0;
const NEWLINE = 1;
const LOWER = 2;
const UPPER = 3;
const DIGIT = 4;
const SIGN = 5;
const WIDE = 6;

/** Runs that are longer cost the same for each further character. */
const RUN = 16;

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(character: string): number {
  if (/[\n\r]/u.test(character)) return NEWLINE;
  if (/[\s\0]/u.test(character)) return SPACE;
  if (/[a-z]/u.test(character)) return LOWER;
  if (/[A-Z]/u.test(character)) return UPPER;
  return /[0-9]/u.test(character) ? DIGIT : SIGN;
}

/** What a run costs by its length: what its first characters add, and from there on each further one. By kind. */
const COSTS = Float64Array.of(
  ...row([0.03, 0.9, 0.1]),
  ...row([1, 0.25, 1, 0.25]),
  ...row([1, 0, 0, 0.05, 0.1, 0.15, 0.15, 0.25, 0.35, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.6]),
  ...row([1, 0.75, 0.5, 0.5, 0.5, 0.5, 0.5, 0.6]),
  ...row([1, 0.5]),
  ...row([1]),
);

function row(costs: readonly number[]): number[] {
  return Array.from({ length: RUN }, (_, index) => costs[index] ?? costs.at(-1) ?? 1);
}

/**
 * Where the count stands within a text: in a run of a kind, so far into it, or behind a character that is not in ASCII.
 */
const BEHIND_WIDE = WIDE * RUN;

/** By where the count stands and the kind of the next character: what that costs, and where the count stands then. */
const STEP = 8;
const STEP_COSTS = new Float64Array((BEHIND_WIDE + 1) * STEP);
const STEPS = new Uint8Array((BEHIND_WIDE + 1) * STEP);
for (let at = 0; at <= BEHIND_WIDE; at++) {
  for (let kind = 0; kind < WIDE; kind++) {
    const [last, run] = [Math.floor(at / RUN), at % RUN];
    // A capital letter begins a word that goes on in small ones.
    const goesOn = kind === last || (kind === LOWER && last === UPPER && run === 0);
    const next = goesOn ? Math.min(run + 1, RUN - 1) : 0;
    const afterWide = kind === SPACE && last === WIDE ? SPACE_BEHIND : 0;
    // Letters and digits in a jumble, as in Base64, are cut into more tokens than words are.
    const jumbled = !goesOn && isAlphanumeric(kind) && isAlphanumeric(last) ? 0.25 : 0;
    STEPS[at * STEP + kind] = kind * RUN + next;
    STEP_COSTS[at * STEP + kind] = (COSTS[kind * RUN + next] ?? 1) + afterWide + jumbled;
  }
}

/** The tokens of a part of a text, before they are rounded up. */
export function estimateTokensIn(text: string, start: number, end: number): number {
  return estimateTokensBetween(text, [start, end])[0] ?? 0;
}

/**
 * The weights of neighbouring parts, given the offsets between which they lie. Together they weigh what the whole does.
 */
export function estimateTokensBetween(text: string, offsets: readonly number[]): number[] {
  const weights: number[] = [];
  let state = 0;
  let before = 0;
  let letterBefore = 0;
  let at = offsets[0] ?? 0;
  for (let index = 1; index < offsets.length; index++) {
    const end = offsets[index] ?? at;
    let weight = 0;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      const letter = letterAt(code);
      weight += addedByPair[letterBefore * LETTERS + letter] ?? 0;
      letterBefore = letter;
      if (code < 128) {
        const step = state * STEP + (KINDS[code] ?? SIGN);
        weight += STEP_COSTS[step] ?? 1;
        state = STEPS[step] ?? 0;
        continue;
      }
      const cost = COSTS_BEYOND_ASCII[code] ?? 0;
      weight += state === BEHIND_WIDE && before >= RARE && cost < 1 ? cost + BEHIND_RARE : cost;
      before = cost;
      state = BEHIND_WIDE;
    }
    weights.push(weight);
  }
  return weights;
}

function isAlphanumeric(kind: number): boolean {
  return kind >= LOWER && kind <= DIGIT;
}
