import { z } from "zod";
import type { ChatArgs, ChatChoice, ChatCompletion, ChatMessage, ChatUsage, TokenLogprob, ToolCall } from "./chat-types.js";

const toolCall = z.looseObject({
  id: z.string(),
  type: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

const logprobFields = { token: z.string(), logprob: z.number(), bytes: z.array(z.number()).nullish() };
const logprobs = z.looseObject({
  content: z
    .array(z.looseObject({ ...logprobFields, top_logprobs: z.array(z.looseObject(logprobFields)).nullish() }))
    .nullish(),
});

const usage = z.looseObject({ prompt_tokens: z.number(), completion_tokens: z.number(), total_tokens: z.number() });

/** A whole answer on the wire. */
export const completionWire = z.looseObject({
  id: z.string(),
  created: z.number(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.number(),
      message: z.looseObject({ role: z.string(), content: z.string().nullish(), tool_calls: z.array(toolCall).nullish() }),
      finish_reason: z.string(),
      logprobs: logprobs.nullish(),
    }),
  ),
  usage,
});

/** A chunk of a tool call: only the first has id and name. */
const toolCallDelta = z.looseObject({
  index: z.number().int().nonnegative().nullish(),
  id: z.string().nullish(),
  type: z.string().nullish(),
  function: z.looseObject({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

/** A chunk of a streamed answer on the wire. */
export const chunkWire = z.looseObject({
  id: z.string(),
  created: z.number(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.number(),
      delta: z.looseObject({ role: z.string().nullish(), content: z.string().nullish(), tool_calls: z.array(toolCallDelta).nullish() }),
      finish_reason: z.string().nullish(),
      logprobs: logprobs.nullish(),
    }),
  ),
  usage: usage.nullish(),
});

export type ChunkWire = z.infer<typeof chunkWire>;
export type ToolCallDelta = z.infer<typeof toolCallDelta>;

/** The request's body. What is undefined is left out, so that the API's default holds. */
export function toRequest(args: ChatArgs): Readonly<Record<string, unknown>> {
  return {
    model: args.model,
    messages: args.messages.map(toMessage),
    max_tokens: args.maxTokens,
    n: args.n,
    seed: args.seed,
    temperature: args.temperature,
    top_p: args.topP,
    frequency_penalty: args.frequencyPenalty,
    presence_penalty: args.presencePenalty,
    stop: args.stop,
    logprobs: args.logprobs,
    top_logprobs: args.topLogprobs,
    tools: args.tools,
    tool_choice: args.toolChoice,
  };
}

function toMessage({ role, content, toolCalls, toolCallId }: ChatMessage): Readonly<Record<string, unknown>> {
  return { role, content, tool_calls: toolCalls, tool_call_id: toolCallId };
}

export function toCompletion(wire: z.infer<typeof completionWire>): ChatCompletion {
  const { id, created, model } = wire;
  return { id, created, model, choices: wire.choices.map(toChoice), usage: toUsage(wire.usage) };
}

function toChoice({ index, message, finish_reason, logprobs }: z.infer<typeof completionWire>["choices"][number]): ChatChoice {
  const { role, content, tool_calls } = message;
  const tokens = toLogprobs(logprobs);
  return {
    index,
    message: { role, content: content ?? null, toolCalls: (tool_calls ?? []).map(toToolCall) },
    finishReason: finish_reason,
    ...(tokens === undefined ? {} : { logprobs: tokens }),
  };
}

function toToolCall({ id, type, function: called }: z.infer<typeof toolCall>): ToolCall {
  return { id, type, function: { name: called.name, arguments: called.arguments } };
}

export function toUsage(wire: z.infer<typeof usage>): ChatUsage {
  return { promptTokens: wire.prompt_tokens, completionTokens: wire.completion_tokens, totalTokens: wire.total_tokens };
}

/** Undefined where none were asked for. */
export function toLogprobs(wire: z.infer<typeof logprobs> | null | undefined): TokenLogprob[] | undefined {
  return wire?.content?.map(({ top_logprobs, ...own }) => ({
    ...toTokenLogprob(own),
    topLogprobs: (top_logprobs ?? []).map(toTokenLogprob),
  }));
}

interface LogprobWire {
  readonly token: string;
  readonly logprob: number;
  readonly bytes?: number[] | null | undefined;
}

function toTokenLogprob({ token, logprob, bytes }: LogprobWire): Omit<TokenLogprob, "topLogprobs"> {
  return { token, logprob, bytes: bytes ?? null };
}
