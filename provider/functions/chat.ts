/** What `chatCompletion` and `ragCompletion` have in common. */
import { z } from "zod";
import type { ChatArgs, ChatCompletion, ChatLogprob, ChatToolCall, ChatUsage } from "../client/index.js";
import {
  listOf,
  mustBe,
  mustSay,
  numberFrom,
  oneOf,
  text,
  unlessMisspelt,
  wholeNumberFrom,
} from "../inputs/arguments.js";

/** What to ask a model, and how it answers. Defaults are the API's. */
export interface ChatCompletionArgs extends ChatArgs {
  /**
   * Fields of the request that this package does not know, in the API's own form. They win over those that it knows.
   */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

/** One answer of a model. */
export interface ChatAnswer {
  /** The text; empty where the model only calls tools. */
  readonly content: string;
  /** What the model thought before it answered, where the API tells it. */
  readonly reasoning?: string;
  /** The tools that the model wants called; empty where there are none. */
  readonly toolCalls: readonly ChatToolCall[];
  /**
   * Why it ends: `stop` where it is complete, `length` where it was cut at `maxTokens`, `tool_calls` where tools are to
   * be called.
   */
  readonly finishReason: string;
  /** How likely each token was, where asked for. */
  readonly logprobs?: readonly ChatLogprob[];
}

/**
 * A model's first answer, and all of them. The API's number and time of the request are left out: they differ each
 * time, and a stack that gets the same answer shall show no change.
 */
export interface ChatCompletionResult extends ChatAnswer {
  /** All answers, as many as asked for with `n`; the first one's fields stand also beside this list. */
  readonly choices: readonly ChatAnswer[];
  /** The model that answered; it may differ from the one asked for. */
  readonly model: string;
  /** What is charged. */
  readonly usage: ChatUsage;
}

const called = z.looseObject(
  { name: text("the name of a function"), arguments: z.string({ error: mustBe("JSON text") }) },
  { error: mustBe("a function") },
);
const toolCall = z.looseObject(
  { id: text("the id of the call"), type: text("the type of the call"), function: called },
  { error: mustBe("a tool call") },
);
const part = z.union(
  [
    z.looseObject({ type: z.literal("text"), text: z.string() }),
    z.looseObject({
      type: z.literal("image_url"),
      image_url: z.looseObject({ url: z.string(), detail: z.string().optional() }),
    }),
    z.looseObject({
      type: z.literal("input_audio"),
      input_audio: z.looseObject({ data: z.string(), format: z.string() }),
    }),
  ],
  {
    error: mustSay(
      'a part: { type: "text", text }, { type: "image_url", image_url: { url } } or { type: "input_audio", ' +
        "input_audio: { data, format } }",
    ),
  },
);
const message = z.strictObject(
  {
    role: oneOf(["system", "user", "assistant", "tool", "developer"]),
    content: z
      .union([z.string(), z.array(part)], { error: mustSay('text, or a list of parts such as { type: "text", text }') })
      .nullish(),
    toolCalls: listOf(toolCall, "a list of tool calls").optional(),
    toolCallId: text("the id of a tool call").optional(),
  },
  { error: unlessMisspelt("a message: { role, content }") },
);
const offered = z.looseObject(
  {
    name: text("the name of a function"),
    description: z.string({ error: mustBe("text") }).optional(),
    parameters: z.record(z.string(), z.unknown(), { error: mustBe("a JSON schema") }).optional(),
  },
  { error: mustBe("a function: { name, description, parameters }") },
);
const functionTool = z.literal("function", { error: mustSay('"function"') });
const tool = z.looseObject(
  { type: functionTool, function: offered },
  { error: mustBe('a tool: { type: "function", function }') },
);
const toolChoice = z.union(
  [
    z.literal(["auto", "required", "none"]),
    z.looseObject({ type: functionTool, function: z.looseObject({ name: z.string() }) }),
  ],
  { error: mustSay('"auto", "required", "none" or { type: "function", function: { name } }') },
);

const schemaFormat = z.looseObject({ name: z.string(), schema: z.record(z.string(), z.unknown()) });
const responseFormat = z.union(
  [
    z.strictObject({ type: z.literal(["text", "json_object"]) }),
    z.strictObject({ type: z.literal("json_schema"), json_schema: schemaFormat }),
  ],
  {
    error: mustSay(
      '{ type: "text" }, { type: "json_object" } or { type: "json_schema", json_schema: { name, schema } }',
    ),
  },
) as z.ZodType<NonNullable<ChatArgs["responseFormat"]>>;
const reasoning = z.strictObject(
  {
    effort: text("how much to think, such as low").optional(),
    enabled: z.boolean({ error: mustSay("true or false") }).optional(),
    maxTokens: wholeNumberFrom(1).optional(),
  },
  { error: unlessMisspelt("{ effort, enabled, maxTokens }") },
);

/** How the arguments of a chat are checked, by name. */
export const chatArgs: { readonly [Name in keyof ChatCompletionArgs]-?: z.ZodType<ChatCompletionArgs[Name]> } = {
  model: text("the name of a model, as listModels lists it"),
  messages: listOf(message, "a list with at least one message", 1),
  maxTokens: wholeNumberFrom(1).optional(),
  maxCompletionTokens: wholeNumberFrom(1).optional(),
  n: wholeNumberFrom(1, 128).optional(),
  seed: z
    .number({ error: mustSay("a whole number") })
    .int({ error: mustSay("a whole number") })
    .optional(),
  temperature: numberFrom(0, 2).optional(),
  topP: numberFrom(0, 1).optional(),
  frequencyPenalty: numberFrom(-2, 2).optional(),
  presencePenalty: numberFrom(-2, 2).optional(),
  stop: z
    .union([z.string(), listOf(text("a text"), "a list of texts")], { error: mustSay("a text or a list of texts") })
    .optional(),
  logprobs: z.boolean({ error: mustSay("true or false") }).optional(),
  topLogprobs: wholeNumberFrom(0, 20).optional(),
  tools: listOf(tool, "a list of tools").optional(),
  toolChoice: toolChoice.optional(),
  responseFormat: responseFormat.optional(),
  reasoningEffort: text("how much to think, such as low").optional(),
  reasoning: reasoning.optional(),
  continueFinalMessage: z.boolean({ error: mustSay("true or false") }).optional(),
  extraBody: z.record(z.string(), z.unknown(), { error: mustBe("an object with fields of the request") }).optional(),
};

/** @throws Error where the API answered without an answer. */
export function chatResult({ choices, model, usage }: ChatCompletion): ChatCompletionResult {
  const answers = choices.map(({ message, finishReason, logprobs }): ChatAnswer => {
    const { reasoning } = message;
    const answer = {
      content: message.content ?? "",
      ...(reasoning !== undefined && { reasoning }),
      toolCalls: message.toolCalls,
      finishReason,
    };
    return logprobs === undefined ? answer : { ...answer, logprobs };
  });
  const [first] = answers;
  if (first === undefined)
    throw new Error(`The model "${model}" gave no answer at all; try again, or ask another model.`);
  return { ...first, choices: answers, model, usage };
}
