import { z } from "zod";

/** What embedding a text cost. */
export interface EmbeddingUsage {
  readonly promptTokens: number;
  readonly totalTokens: number;
}

/** On the wire. */
export const embeddingUsage = z.looseObject({ prompt_tokens: z.number(), total_tokens: z.number() });

export function toEmbeddingUsage(usage: z.infer<typeof embeddingUsage>): EmbeddingUsage {
  return { promptTokens: usage.prompt_tokens, totalTokens: usage.total_tokens };
}
