import { z } from "zod";
import type {
  ChatArgs,
  ChatChoice,
  ChatCompletion,
  ChatMessage,
  ChatUsage,
  ChatLogprob,
  ChatToolCall,
} from "./chat-types.js";

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

/** What a model thought: two names are known for it. */
const thought = {
  reasoning: z.string().nullish().catch(undefined),
  reasoning_content: z.string().nullish().catch(undefined),
};

/** A whole answer on the wire. */
export const completionWire = z.looseObject({
  id: z.string(),
  created: z.number(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.number(),
      message: z.looseObject({
        role: z.string(),
        content: z.string().nullish(),
        ...thought,
        tool_calls: z.array(toolCall).nullish(),
      }),
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
      delta: z.looseObject({
        role: z.string().nullish(),
        content: z.string().nullish(),
        ...thought,
        tool_calls: z.array(toolCallDelta).nullish(),
      }),
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
    max_completion_tokens: args.maxCompletionTokens,
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
    response_format: args.responseFormat,
    reasoning_effort: args.reasoningEffort,
    reasoning: args.reasoning && {
      effort: args.reasoning.effort,
      enabled: args.reasoning.enabled,
      max_tokens: args.reasoning.maxTokens,
    },
    continue_final_message: args.continueFinalMessage,
  };
}

function toMessage({ role, content, toolCalls, toolCallId }: ChatMessage): Readonly<Record<string, unknown>> {
  return { role, content, tool_calls: toolCalls, tool_call_id: toolCallId };
}

export function toCompletion(wire: z.infer<typeof completionWire>): ChatCompletion {
  const { id, created, model } = wire;
  return { id, created, model, choices: wire.choices.map(toChoice), usage: toUsage(wire.usage) };
}

function toChoice({
  index,
  message,
  finish_reason,
  logprobs,
}: z.infer<typeof completionWire>["choices"][number]): ChatChoice {
  const { role, content, tool_calls } = message;
  const reasoning = thoughtIn(message);
  const tokens = toLogprobs(logprobs);
  return {
    index,
    message: {
      role,
      content: content ?? null,
      ...(reasoning !== undefined && { reasoning }),
      toolCalls: (tool_calls ?? []).map(toToolCall),
    },
    finishReason: finish_reason,
    ...(tokens === undefined ? {} : { logprobs: tokens }),
  };
}

/** What a model thought, where it says so. */
export function thoughtIn({
  reasoning,
  reasoning_content: content,
}: {
  readonly reasoning?: string | null | undefined;
  readonly reasoning_content?: string | null | undefined;
}): string | undefined {
  return reasoning ?? content ?? undefined;
}

function toToolCall({ id, type, function: called }: z.infer<typeof toolCall>): ChatToolCall {
  return { id, type, function: { name: called.name, arguments: called.arguments } };
}

export function toUsage(wire: z.infer<typeof usage>): ChatUsage {
  return { promptTokens: wire.prompt_tokens, completionTokens: wire.completion_tokens, totalTokens: wire.total_tokens };
}

/** Undefined where none were asked for. */
export function toLogprobs(wire: z.infer<typeof logprobs> | null | undefined): ChatLogprob[] | undefined {
  return wire?.content?.map(({ top_logprobs, ...own }) => ({
    ...toLogprob(own),
    topLogprobs: (top_logprobs ?? []).map(toLogprob),
  }));
}

interface LogprobWire {
  readonly token: string;
  readonly logprob: number;
  readonly bytes?: number[] | null | undefined;
}

function toLogprob({ token, logprob, bytes }: LogprobWire): Omit<ChatLogprob, "topLogprobs"> {
  return { token, logprob, bytes: bytes ?? null };
}
