import { exampleOf } from "./example.js";
import { lastQuestion, mostTokens, type ChatRequest } from "./request.js";
import type { ScriptedReply } from "./scripted.js";
import { splitTokens } from "./tokens.js";
import { demandedCall, scriptedCall, type ToolCall } from "./tools.js";

/** One of the answers to a request. */
export interface Choice {
  readonly index: number;
  /** The tokens its text is made of; null where there is none. */
  readonly tokens: readonly string[] | null;
  readonly reasoning: string | undefined;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: string;
}

/** Finds the words of an answer. */
export type Writer = (request: ChatRequest, variant: number) => string;

/** Makes the emulator's own answers, with everything that the request says about their form, length and end. */
export function choicesOf(request: ChatRequest, writer: Writer, variant: number): Choice[] {
  return Array.from({ length: request.n ?? 1 }, (_, index) => {
    const call = demandedCall(request, index);
    if (call !== undefined)
      return { index, tokens: null, reasoning: undefined, toolCalls: [call], finishReason: "tool_calls" };
    const text = formatted(request, writer(request, variant + index));
    return { index, reasoning: undefined, toolCalls: [], ...ended(request, text) };
  });
}

/** Makes answers of what a script says. */
export function scriptedChoices(request: ChatRequest, reply: ScriptedReply): Choice[] {
  const {
    content = null,
    reasoning,
    toolCalls = [],
    finishReason,
  } = typeof reply === "string" ? { content: reply } : reply;
  return Array.from({ length: request.n ?? 1 }, (_, index) => {
    const { tokens, finishReason: own } =
      content === null ? { tokens: null, finishReason: "stop" } : ended(request, content);
    const calls = toolCalls.map((call, position) => scriptedCall(call, position));
    return {
      index,
      tokens,
      reasoning,
      toolCalls: calls,
      finishReason: finishReason ?? (calls.length > 0 ? "tool_calls" : own),
    };
  });
}

/** A text as the request wants it: as it is, or as JSON that says it. */
function formatted(request: ChatRequest, text: string): string {
  const { type, json_schema: described } = request.response_format ?? { type: "text" };
  if (type === "json_object") return JSON.stringify({ answer: text });
  return type === "json_schema" ? JSON.stringify(exampleOf(described?.schema, lastQuestion(request))) : text;
}

function ended(request: ChatRequest, text: string): { tokens: string[]; finishReason: string } {
  const tokens = splitTokens(beforeStop(text, request.stop ?? []));
  const kept = tokens.slice(0, mostTokens(request));
  return { tokens: kept, finishReason: kept.length < tokens.length ? "length" : "stop" };
}

function beforeStop(text: string, stops: readonly string[]): string {
  const ends = stops
    .filter((stop) => stop !== "")
    .map((stop) => text.indexOf(stop))
    .filter((at) => at !== -1);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}
