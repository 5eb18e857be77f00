/** What `chatCompletion` and `ragCompletion` have in common. */
import { z } from "zod";
import type { ChatCompletion } from "../client/index.js";
import { listOf, mustBe, mustSay, numberFrom, oneOf, text, unlessMisspelt, wholeNumberFrom } from "../inputs/arguments.js";

/** One message of a conversation. */
export interface ChatMessage {
  /** Who speaks: `system` or `developer` instruct the model, `user` asks, `assistant` is the model, `tool` answers its call. */
  readonly role: "system" | "user" | "assistant" | "tool" | "developer";
  /** The text. May be missing where an assistant calls tools. */
  readonly content?: string | null | undefined;
  /** Of an assistant's message: the tools it called. */
  readonly toolCalls?: readonly ChatToolCall[] | undefined;
  /** Of a tool's message: the id of the call that it answers. */
  readonly toolCallId?: string | undefined;
}

/** A model's wish to have a tool called. Nothing is called by itself: answer it with a message of the role `tool`. */
export interface ChatToolCall {
  /** What the tool's answer names as `toolCallId`. */
  readonly id: string;
  /** `function` is the only one known. */
  readonly type: string;
  /** The function to call. */
  readonly function: {
    /** The name under which it was offered. */
    readonly name: string;
    /** Its arguments: JSON as the model wrote it, which need not be valid or fit the schema. */
    readonly arguments: string;
  };
}

/** A function that the model may ask to have called. */
export interface ChatTool {
  /** `function` is the only one known. */
  readonly type: "function";
  /** What the model is told of it. */
  readonly function: {
    /** The name by which the model calls it. */
    readonly name: string;
    /** When and for what to call it. */
    readonly description?: string | undefined;
    /** A JSON schema of its arguments, an object at the top. Default: it takes none. */
    readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  };
}

/** What to ask a model, and how it answers. Defaults are the API's. */
export interface ChatCompletionArgs {
  /** The model's name, as `listModels` lists it, e.g. `llama-3.3-70b-instruct-fp8`. */
  readonly model: string;
  /** The conversation so far, oldest message first. At least one. */
  readonly messages: readonly ChatMessage[];
  /** The most tokens that one answer may have, 1 or more. Default 512. A longer one is cut: its `finishReason` is `length`. */
  readonly maxTokens?: number | undefined;
  /** How many answers to give, 1 to 128; each is charged. Default 1. */
  readonly n?: number | undefined;
  /** A whole number: equal requests with equal seeds get equal answers, as far as the model can. Default: none. */
  readonly seed?: number | undefined;
  /** How freely the model chooses its words, 0 to 2. Default 1. With 0, equal questions get equal answers: a second `up` shows no change. */
  readonly temperature?: number | undefined;
  /** Words are chosen from the likeliest that together have this probability, 0 to 1. Default 1. */
  readonly topP?: number | undefined;
  /** How much a word is avoided the more often it came, -2 to 2. Default 0. */
  readonly frequencyPenalty?: number | undefined;
  /** How much a word is avoided that came at all, -2 to 2. Default 0. */
  readonly presencePenalty?: number | undefined;
  /** Texts at which an answer ends, themselves left out. Default: none. */
  readonly stop?: readonly string[] | undefined;
  /** Whether the answers tell how likely each of their tokens was. Default false. */
  readonly logprobs?: boolean | undefined;
  /** With `logprobs`: how many other tokens are told for each, 0 to 20. Default 0. */
  readonly topLogprobs?: number | undefined;
  /** Functions that the model may ask to have called. Default: none. */
  readonly tools?: readonly ChatTool[] | undefined;
  /** Whether it calls one: `auto` as it likes, `required` at least one, `none`, or the one named. Default `auto` with tools. */
  readonly toolChoice?: "auto" | "required" | "none" | { readonly type: "function"; readonly function: { readonly name: string } } | undefined;
}

/** How likely a token was. */
export interface ChatLogprob {
  /** The token's text. */
  readonly token: string;
  /** The natural logarithm of its probability. */
  readonly logprob: number;
  /** The token's UTF-8 bytes, where the API tells them. */
  readonly bytes: readonly number[] | null;
  /** The likeliest tokens in its place, as many as asked for. */
  readonly topLogprobs: readonly Omit<ChatLogprob, "topLogprobs">[];
}

/** One answer of a model. */
export interface ChatAnswer {
  /** The text; empty where the model only calls tools. */
  readonly content: string;
  /** The tools that the model wants called; empty where there are none. */
  readonly toolCalls: readonly ChatToolCall[];
  /** Why it ends: `stop` where it is complete, `length` where it was cut at `maxTokens`, `tool_calls` where tools are to be called. */
  readonly finishReason: string;
  /** How likely each token was, where asked for. */
  readonly logprobs?: readonly ChatLogprob[];
}

/**
 * A model's first answer, and all of them. The API's number and time of the request are left out: they differ each time,
 * and a stack that gets the same answer shall show no change.
 */
export interface ChatCompletionResult extends ChatAnswer {
  /** All answers, as many as asked for with `n`; the first one's fields stand also beside this list. */
  readonly choices: readonly ChatAnswer[];
  /** The model that answered; it may differ from the one asked for. */
  readonly model: string;
  /** What is charged. */
  readonly usage: {
    /** Tokens of the messages, and of what was found in the collection. */
    readonly promptTokens: number;
    /** Tokens of all answers. */
    readonly completionTokens: number;
    /** Both together. */
    readonly totalTokens: number;
  };
}

const called = z.looseObject({ name: text("the name of a function"), arguments: z.string({ error: mustBe("JSON text") }) }, { error: mustBe("a function") });
const toolCall = z.looseObject(
  { id: text("the id of the call"), type: text("the type of the call"), function: called },
  { error: mustBe("a tool call") },
);
const message = z.strictObject(
  {
    role: oneOf(["system", "user", "assistant", "tool", "developer"]),
    content: z.string({ error: mustBe("text") }).nullish(),
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
const tool = z.looseObject({ type: functionTool, function: offered }, { error: mustBe('a tool: { type: "function", function }') });
const toolChoice = z.union(
  [z.literal(["auto", "required", "none"]), z.looseObject({ type: functionTool, function: z.looseObject({ name: z.string() }) })],
  { error: mustSay('"auto", "required", "none" or { type: "function", function: { name } }') },
);

/** How the arguments of a chat are checked, by name. */
export const chatArgs: { readonly [Name in keyof ChatCompletionArgs]-?: z.ZodType<ChatCompletionArgs[Name]> } = {
  model: text("the name of a model, as listModels lists it"),
  messages: listOf(message, "a list with at least one message", 1),
  maxTokens: wholeNumberFrom(1).optional(),
  n: wholeNumberFrom(1, 128).optional(),
  seed: z.number({ error: mustSay("a whole number") }).int({ error: mustSay("a whole number") }).optional(),
  temperature: numberFrom(0, 2).optional(),
  topP: numberFrom(0, 1).optional(),
  frequencyPenalty: numberFrom(-2, 2).optional(),
  presencePenalty: numberFrom(-2, 2).optional(),
  stop: listOf(text("a text"), "a list of texts").optional(),
  logprobs: z.boolean({ error: mustSay("true or false") }).optional(),
  topLogprobs: wholeNumberFrom(0, 20).optional(),
  tools: listOf(tool, "a list of tools").optional(),
  toolChoice: toolChoice.optional(),
};

/** @throws Error where the API answered without an answer. */
export function chatResult({ choices, model, usage }: ChatCompletion): ChatCompletionResult {
  const answers = choices.map(({ message, finishReason, logprobs }): ChatAnswer => {
    const answer = { content: message.content ?? "", toolCalls: message.toolCalls, finishReason };
    return logprobs === undefined ? answer : { ...answer, logprobs };
  });
  const [first] = answers;
  if (first === undefined) throw new Error(`The model "${model}" gave no answer at all; try again, or ask another model.`);
  return { ...first, choices: answers, model, usage };
}
