import type {
  ChatChunk,
  ChatLogprob,
  ChatToolCall,
  ChatUsage,
  StreamedChoice,
  StreamedCompletion,
} from "./chat-types.js";
import { type ChunkWire, thoughtIn, type ToolCallDelta, toLogprobs, toUsage } from "./chat-wire.js";

/** A choice as far as it has come. */
interface Growing {
  role: string;
  content: string | null;
  reasoning?: string;
  readonly calls: Map<number, GrowingCall>;
  logprobs?: ChatLogprob[];
  finishReason: string | null;
}

interface GrowingCall {
  id: string;
  type: string;
  name: string;
  arguments: string;
}

/** Puts a streamed completion together from its chunks. */
export class Assembly {
  #id = "";
  #created = 0;
  #model = "";
  #usage: ChatUsage | undefined;
  readonly #choices = new Map<number, Growing>();

  /** Takes a chunk in and tells what it adds. */
  add(chunk: ChunkWire): ChatChunk {
    this.#id ||= chunk.id;
    this.#created ||= chunk.created;
    this.#model ||= chunk.model;
    const usage = chunk.usage ? toUsage(chunk.usage) : undefined;
    this.#usage = usage ?? this.#usage;
    const choices = chunk.choices.map((choice) => this.#addChoice(choice));
    return { id: chunk.id, model: chunk.model, choices, ...(usage === undefined ? {} : { usage }) };
  }

  /** All that has come until now. */
  completion(): StreamedCompletion {
    const choices = [...this.#choices].sort(([a], [b]) => a - b).map(([index, grown]) => toStreamed(index, grown));
    const whole = { id: this.#id, created: this.#created, model: this.#model, choices };
    return this.#usage === undefined ? whole : { ...whole, usage: this.#usage };
  }

  #addChoice({ index, delta, finish_reason, logprobs }: ChunkWire["choices"][number]): ChatChunk["choices"][number] {
    const grown: Growing = this.#choices.get(index) ?? {
      role: "assistant",
      content: null,
      calls: new Map(),
      finishReason: null,
    };
    this.#choices.set(index, grown);
    if (delta.role) grown.role = delta.role;
    if (typeof delta.content === "string") grown.content = (grown.content ?? "") + delta.content;
    const reasoning = thoughtIn(delta);
    if (reasoning !== undefined) grown.reasoning = (grown.reasoning ?? "") + reasoning;
    for (const chunk of delta.tool_calls ?? []) addToCall(grown.calls, chunk);
    const tokens = toLogprobs(logprobs);
    if (tokens !== undefined) (grown.logprobs ??= []).push(...tokens);
    const finished = grown.finishReason === null && typeof finish_reason === "string";
    grown.finishReason ??= finish_reason ?? null;
    return {
      index,
      content: delta.content ?? "",
      ...(reasoning !== undefined && { reasoning }),
      toolCalls: finished ? toCalls(grown) : [],
      finishReason: grown.finishReason,
    };
  }
}

/** Chunks without an index belong to the last call, unless an id begins a new one. */
function addToCall(calls: Map<number, GrowingCall>, chunk: ToolCallDelta): void {
  const last = calls.size - 1;
  const index = chunk.index ?? (chunk.id && calls.get(last)?.id !== chunk.id ? last + 1 : Math.max(0, last));
  const call = calls.get(index) ?? { id: "", type: "function", name: "", arguments: "" };
  calls.set(index, call);
  call.id ||= chunk.id ?? "";
  call.type = chunk.type ?? call.type;
  call.name += chunk.function?.name ?? "";
  call.arguments += chunk.function?.arguments ?? "";
}

function toCalls(grown: Growing): ChatToolCall[] {
  const inOrder = [...grown.calls].sort(([a], [b]) => a - b);
  return inOrder.map(([, { id, type, name, arguments: text }]) => ({ id, type, function: { name, arguments: text } }));
}

function toStreamed(index: number, grown: Growing): StreamedChoice {
  const { role, content, reasoning, finishReason, logprobs } = grown;
  const choice = {
    index,
    message: { role, content, ...(reasoning !== undefined && { reasoning }), toolCalls: toCalls(grown) },
    finishReason,
  };
  return logprobs === undefined ? choice : { ...choice, logprobs };
}
