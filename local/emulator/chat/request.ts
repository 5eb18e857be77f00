import { z } from "zod";
import { optional, text } from "../wire.js";
import { isRecord } from "./property.js";

const required = (what: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? "is required" : `must be ${what}`;
const range = (low: number, high: number) =>
  z
    .number({ error: `must be a number from ${low} to ${high}` })
    .min(low)
    .max(high);

/** A whole number of any size; `z.int()` stops where numbers lose their last digits, the API's document does not. */
const whole = (error: string) => z.number({ error }).refine(Number.isInteger, { error });
const atLeastOne = whole("must be a whole number").pipe(z.number().min(1, { error: "must be at least 1" }));
const flag = z.boolean({ error: "must be true or false" });

/** Answers to one request. The API names no limit; without one a single request could ask for a billion. */
const MOST_ANSWERS = 128;

/** Tokens of an answer where the request does not say. */
const MOST_TOKENS = 512;

const part = z.looseObject({});

const content = z.union([text(), z.array(part)], { error: "must be a text or a list of parts" });

const toolCall = z.looseObject({
  id: text(),
  type: optional(text()),
  function: z.looseObject({ name: text(), arguments: text() }),
});

const message = z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool", "developer"], {
    error: required("one of system, user, assistant, tool, developer"),
  }),
  content: content.nullish(),
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: text().nullish(),
});

const tool = z.looseObject({
  function: z.looseObject({ name: z.unknown(), parameters: z.unknown() }).partial().optional().catch(undefined),
});

const stop = z.union([text().transform((one) => [one]), z.array(text())], {
  error: "must be a text or a list of texts",
});

const responseFormat = z.looseObject(
  {
    type: z.unknown().optional(),
    json_schema: z.looseObject({ schema: z.unknown() }).optional().catch(undefined),
  },
  { error: "must be an object with a type" },
);

/** The body of a chat completion. What is not known stays in it, and means nothing. */
export const chatRequest = z.looseObject({
  model: text(),
  messages: z
    .array(message, { error: required("a list of messages") })
    .min(1, { error: "must have at least one message" }),
  stream: optional(flag),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish().catch(undefined),
  max_tokens: optional(atLeastOne),
  max_completion_tokens: optional(atLeastOne),
  n: optional(atLeastOne.pipe(z.number().max(MOST_ANSWERS, { error: `must be at most ${MOST_ANSWERS}` }))),
  seed: optional(whole("must be a whole number")),
  temperature: optional(range(0, 2)),
  top_p: optional(range(0, 1)),
  frequency_penalty: optional(range(-2, 2)),
  presence_penalty: optional(range(-2, 2)),
  stop: optional(stop),
  logprobs: optional(flag),
  top_logprobs: optional(whole("must be a whole number from 0 to 20").pipe(range(0, 20))),
  response_format: optional(responseFormat),
  tools: optional(z.array(tool, { error: "must be a list of tools" })),
  tool_choice: z.unknown().optional(),
});

/** The body of a chat completion about a collection. */
export const ragChatRequest = chatRequest.extend({ collection: text() });

/** A checked request. */
export type ChatRequest = z.output<typeof chatRequest>;

/** The most tokens that an answer may have. */
export function mostTokens({
  max_tokens: most,
  max_completion_tokens: newer,
  response_format: format,
}: ChatRequest): number {
  // JSON that breaks off is of no use to anybody who set no limit.
  return newer ?? most ?? (String(format?.type).startsWith("json") ? Infinity : MOST_TOKENS);
}

/** The text of a message's content: that of its parts, where it has some. */
export function contentText(given: unknown): string {
  if (typeof given === "string") return given;
  if (!Array.isArray(given)) return "";
  const texts = (given as unknown[]).map((one) =>
    isRecord(one) && typeof one["text"] === "string" ? one["text"] : "",
  );
  return texts.filter((one) => one !== "").join("\n");
}

/** The text of the last message of the user; empty when there is none. */
export function lastQuestion({ messages }: ChatRequest): string {
  return contentText(messages.findLast(({ role }) => role === "user")?.content);
}
