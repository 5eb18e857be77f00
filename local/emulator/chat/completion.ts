import { countTokens } from "../tokens.js";
import type { Choice } from "./answer.js";
import { logprobsOf } from "./logprobs.js";
import type { ChatRequest } from "./request.js";

/** All that an answer's body is made of. */
export interface Completion {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly request: ChatRequest;
  readonly choices: readonly Choice[];
  /** Texts that the model was given besides the messages. */
  readonly documents: readonly string[];
}

/** The body of an answer whole. */
export function completionBody(completion: Completion): unknown {
  const { id, created, request, choices } = completion;
  return {
    id,
    object: "chat.completion",
    created,
    model: request.model,
    choices: choices.map((choice) => ({
      index: choice.index,
      message: { role: "assistant", ...messageOf(choice) },
      logprobs: request.logprobs === true ? logprobsOf(choice.chunks, request.top_logprobs ?? 0) : null,
      finish_reason: choice.finishReason,
    })),
    usage: usageOf(completion),
  };
}

function messageOf({ chunks, toolCall }: Choice): object {
  if (toolCall === undefined) return { content: chunks.join("") };
  const { id, name, arguments: given } = toolCall;
  return { content: null, tool_calls: [{ id, type: "function", function: { name, arguments: given } }] };
}

/** Tokens read and written. */
export function usageOf({ request, choices, documents }: Completion): unknown {
  const read = [...request.messages.map(({ content }) => content ?? ""), ...documents];
  const prompt = read.reduce((sum, text) => sum + countTokens(text), 0);
  const completion = choices.reduce((sum, { chunks, toolCall }) => sum + chunks.length + countTokens(toolCall?.arguments ?? ""), 0);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
