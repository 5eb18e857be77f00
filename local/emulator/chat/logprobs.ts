import { hashOf } from "./hash.js";

/** Log probabilities in the right shape; the numbers mean nothing, but the same token always has the same ones. */
export function logprobsOf(pieces: readonly string[], alternatives: number): unknown {
  return { content: pieces.map((piece) => ({ ...entry(piece, 0), top_logprobs: Array.from({ length: alternatives }, (_, rank) => entry(piece, rank)) })) };
}

function entry(piece: string, rank: number): object {
  const token = rank === 0 ? piece : `${piece}~${rank}`;
  return { token, logprob: -(rank + (hashOf(piece) % 1000) / 1000), bytes: [...Buffer.from(token)] };
}
