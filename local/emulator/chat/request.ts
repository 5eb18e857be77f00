import { z } from "zod";
import { text } from "../wire.js";

const required = (what: string) => (issue: { input?: unknown }) => (issue.input === undefined ? "is required" : `must be ${what}`);
const range = (low: number, high: number) => z.number({ error: `must be a number from ${low} to ${high}` }).min(low).max(high);

/** A whole number of any size; `z.int()` stops where numbers lose their last digits, the API's document does not. */
const whole = (error: string) => z.number({ error }).refine(Number.isInteger, { error });

/** Answers to one request. The API names no limit; without one a single request could ask for a billion. */
const MOST_ANSWERS = 128;

const toolCall = z.object({ id: text(), type: text(), function: z.object({ name: text(), arguments: text() }) });

const message = z.object({
  role: z.enum(["system", "user", "assistant", "tool", "developer"], { error: required("one of system, user, assistant, tool, developer") }),
  content: text().nullable().optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: text().optional(),
});

const tool = z.looseObject({ function: z.looseObject({ name: z.unknown(), parameters: z.unknown() }).partial().optional().catch(undefined) });

/** The body of a chat completion. */
export const chatRequest = z.object({
  model: text(),
  messages: z.array(message, { error: required("a list of messages") }).min(1, { error: "must have at least one message" }),
  stream: z.boolean({ error: "must be true or false" }).default(false),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish().catch(undefined),
  max_tokens: whole("must be a whole number").pipe(z.number().min(1, { error: "must be at least 1" })).default(512),
  n: whole("must be a whole number").pipe(z.number().min(1, { error: "must be at least 1" }).max(MOST_ANSWERS, { error: `must be at most ${MOST_ANSWERS}` })).default(1),
  seed: whole("must be a whole number").nullish(),
  temperature: range(0, 2).default(1),
  top_p: range(0, 1).optional(),
  frequency_penalty: range(-2, 2).optional(),
  presence_penalty: range(-2, 2).optional(),
  stop: z.array(text(), { error: "must be a list of texts" }).optional(),
  logprobs: z.boolean({ error: "must be true or false" }).optional(),
  top_logprobs: whole("must be a whole number from 0 to 20").pipe(range(0, 20)).optional(),
  tools: z.array(tool, { error: "must be a list of tools" }).optional(),
  tool_choice: z.unknown().optional(),
});

/** The body of a chat completion about a collection. */
export const ragChatRequest = chatRequest.extend({ collection: text() });

/** A request whose defaults are filled in. */
export type ChatRequest = z.output<typeof chatRequest>;

/** The text of the last message of the user; empty when there is none. */
export function lastQuestion({ messages }: ChatRequest): string {
  return messages.findLast(({ role }) => role === "user")?.content ?? "";
}
