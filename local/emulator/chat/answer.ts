import { splitTokens } from "./chunks.js";
import type { ChatRequest } from "./request.js";
import { chosenTool, type ToolCall } from "./tools.js";

/** One of the answers to a request. */
export interface Choice {
  readonly index: number;
  /** The chunks the text is made of, one a token; empty for a tool call. */
  readonly chunks: readonly string[];
  readonly toolCall: ToolCall | undefined;
  readonly finishReason: "stop" | "length" | "tool_calls";
}

/** Finds the words of an answer. */
export type Writer = (request: ChatRequest, variant: number) => string;

/** Makes the answers to a request, with everything that the request says about their length and end. */
export function choicesOf(request: ChatRequest, writer: Writer, variant: number): Choice[] {
  return Array.from({ length: request.n }, (_, index) => {
    const toolCall = chosenTool(request, index);
    if (toolCall !== undefined) return { index, chunks: [], toolCall, finishReason: "tool_calls" };
    const chunks = splitTokens(beforeStop(writer(request, variant + index), request.stop ?? []));
    const cut = chunks.slice(0, request.max_tokens);
    return { index, chunks: cut, toolCall, finishReason: cut.length < chunks.length ? "length" : "stop" };
  });
}

function beforeStop(text: string, stops: readonly string[]): string {
  const ends = stops.filter((stop) => stop !== "").map((stop) => text.indexOf(stop)).filter((at) => at !== -1);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}
