import { hashOf } from "./hash.js";

/** Log probabilities in the right shape; the numbers mean nothing, but the same token always has the same ones. */
export function logprobsOf(chunks: readonly string[], alternatives: number): unknown {
  return { content: chunks.map((chunk) => ({ ...entry(chunk, 0), top_logprobs: Array.from({ length: alternatives }, (_, rank) => entry(chunk, rank)) })) };
}

function entry(chunk: string, rank: number): object {
  const token = rank === 0 ? chunk : `${chunk}~${rank}`;
  return { token, logprob: -(rank + (hashOf(chunk) % 1000) / 1000), bytes: [...Buffer.from(token)] };
}
