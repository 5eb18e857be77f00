import { randomBytes, randomUUID } from "node:crypto";

/** Where the emulator takes its identifiers and keys from. */
export interface Random {
  /** An identifier of an item, a file or an answer. */
  uuid(): string;
  /** A secret of `length` hexadecimal digits. */
  secret(length: number): string;
}

/** The machine's own randomness. */
export const systemRandom: Random = {
  uuid: () => randomUUID(),
  secret: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString("hex")
      .slice(0, length),
};

/** A repeatable sequence of numbers in [0, 1) for a seed (the mulberry32 generator). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
