import { countTokens } from "../tokens.js";
import type { Choice } from "./answer.js";
import { logprobsOf } from "./logprobs.js";
import { contentText, type ChatRequest } from "./request.js";

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

/** Tokens read and written, as the API names them. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** The body of an answer as a whole. */
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
      logprobs: request.logprobs === true ? logprobsOf(choice.tokens ?? [], request.top_logprobs ?? 0) : null,
      finish_reason: choice.finishReason,
    })),
    usage: usageOf(completion),
  };
}

function messageOf({ tokens, reasoning, toolCalls }: Choice): object {
  const calls = toolCalls.map(({ id, name, arguments: given }) => ({
    id,
    type: "function",
    function: { name, arguments: given },
  }));
  return {
    content: tokens?.join("") ?? null,
    ...(reasoning !== undefined && { reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** Tokens read and written. */
export function usageOf({ request, choices, documents }: Completion): Usage {
  const read = [...request.messages.map(({ content }) => contentText(content)), ...documents];
  const prompt = read.reduce((sum, text) => sum + countTokens(text), 0);
  const completion = choices.reduce((sum, choice) => sum + tokensWritten(choice), 0);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

function tokensWritten({ tokens, reasoning = "", toolCalls }: Choice): number {
  const called = toolCalls.reduce((sum, call) => sum + countTokens(call.arguments), 0);
  return (tokens?.length ?? 0) + countTokens(reasoning) + called;
}
