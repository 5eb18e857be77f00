import { hashOf } from "./hash.js";

/**
 * Log probabilities in the right shape; the numbers mean nothing, but the same token always has the same ones, and
 * those of all alternatives together stay below 1.
 */
export function logprobsOf(tokens: readonly string[], alternatives: number): unknown {
  return {
    content: tokens.map((token) => ({
      ...entry(token, 0),
      top_logprobs: Array.from({ length: alternatives }, (_, rank) => entry(token, rank)),
    })),
  };
}

/** The first is at least half sure, and each further one has half of what is left. */
function entry(text: string, rank: number): object {
  const token = rank === 0 ? text : `${text}~${rank}`;
  const sure = 0.5 + (hashOf(text) % 500) / 1000;
  const probability = rank === 0 ? sure : (1 - sure) / 2 ** rank;
  return { token, logprob: Math.log(probability), bytes: [...Buffer.from(token)] };
}
