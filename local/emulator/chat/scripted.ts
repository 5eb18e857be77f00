import { readFileSync } from "node:fs";
import { z } from "zod";
import { contentText } from "./request.js";

/** A call of a function in a scripted reply. */
export interface ScriptedToolCall {
  /** The function's name. */
  readonly name: string;
  /** Its arguments: an object, or text that is sent as it is, also where it is no JSON. */
  readonly arguments: Readonly<Record<string, unknown>> | string;
  /** Default: one that is made up. */
  readonly id?: string;
}

/** What the model is to say. A text alone is short for `{ content }`. */
export type ScriptedReply =
  | string
  | {
      /** Its words. Default: none, which is `null` on the wire. */
      readonly content?: string | null;
      /** What it thought before, sent as `reasoning`. */
      readonly reasoning?: string;
      /** The functions that it wants called. */
      readonly toolCalls?: readonly ScriptedToolCall[];
      /** Default: `tool_calls` where there are any, else `stop`, or `length` where `max_tokens` ends it. */
      readonly finishReason?: string;
    };

/** A chat request as it came, with the API's own names. */
export interface ScriptedRequest {
  readonly model: string;
  readonly messages: readonly ScriptedMessage[];
  readonly tools?: readonly unknown[];
  /** The collection's id, where the answer is to come from its documents. */
  readonly collection?: string;
  readonly [name: string]: unknown;
}

/** A message of a chat request. */
export interface ScriptedMessage {
  readonly role: string;
  readonly content?: unknown;
  readonly [name: string]: unknown;
}

/** Says what the model answers; nothing where the emulator's own answer will do. What it throws becomes a 500. */
export type ChatScript = (request: ScriptedRequest) => ScriptedReply | undefined | Promise<ScriptedReply | undefined>;

const call = z.strictObject({
  name: z.string(),
  arguments: z.union([z.record(z.string(), z.unknown()), z.string()]),
  id: z.string().optional(),
});

const reply = z.union([
  z.string(),
  z.strictObject({
    content: z.string().nullable().optional(),
    reasoning: z.string().optional(),
    toolCalls: z.array(call).optional(),
    finishReason: z.string().optional(),
  }),
]);

const rules = z.array(
  z.strictObject({
    contains: z.string().optional(),
    role: z.string().optional(),
    model: z.string().optional(),
    times: z.int().min(1).optional(),
    reply,
  }),
);

/**
 * Replies from a JSON file: a list of `{ reply, contains?, role?, model?, times? }`. The first one answers whose
 * `model` is asked, and whose `role` and `contains` fit the last message; each as often as `times` says.
 *
 * @throws Error that names the file and what is wrong in it.
 */
export function readChatScript(path: string): ChatScript {
  const list = parsed(path).map((rule) => ({ rule, left: rule.times ?? Infinity }));
  return ({ model, messages }) => {
    const last = messages.at(-1);
    const text = contentText(last?.content);
    const found = list.find(({ rule, left }) => {
      const { role = last?.role, contains = "", model: wanted = model } = rule;
      return left > 0 && role === last?.role && wanted === model && text.includes(contains);
    });
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.rule.reply as ScriptedReply;
  };
}

function parsed(path: string): z.output<typeof rules> {
  try {
    return rules.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const said = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, " ") : String(error);
    throw new Error(`The file of chat replies ${path} cannot be used: ${said}`);
  }
}
