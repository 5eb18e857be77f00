import { z } from "zod";
import type { ApiPromise } from "./api-promise.js";
import { ask } from "./answer.js";
import type { CallOptions, Http } from "./http/index.js";

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

/** What the subscription has used. */
export interface AccountUsage {
  /** Since the first day of this month. */
  readonly currentMonth: {
    /** Chat, in the API's own parts. Empty where it says nothing. */
    readonly chat: readonly { readonly inputTokens: number; readonly outputTokens: number; readonly model?: string }[];
  };
}

/** `client.usage`: what the subscription has used this month. @throws NotFoundError on a service without it */
export type Usage = (options?: CallOptions) => ApiPromise<AccountUsage>;

const chat = z.looseObject({ input_tokens: z.number(), output_tokens: z.number(), model: z.string().nullish() });
const wire = z.looseObject({
  usage: z.looseObject({ current_month: z.looseObject({ chat_usage: z.array(chat).nullish() }).nullish() }),
});

export function usage(http: Http): Usage {
  return (options) =>
    ask(http, options, () => ({
      request: {
        operation: "getUsage",
        task: "get the usage",
        method: "GET",
        effect: "safe",
        path: "/usage",
        mayBeMissing: "look at the account's billing page",
      },
      shape: wire,
      result: ({ usage: { current_month: month } }) => ({
        currentMonth: {
          chat: (month?.chat_usage ?? []).map((part) => ({
            inputTokens: part.input_tokens,
            outputTokens: part.output_tokens,
            ...(typeof part.model === "string" && { model: part.model }),
          })),
        },
      }),
    }));
}
