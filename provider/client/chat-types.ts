import type { RawResponse } from "./api-promise.js";

/** A part of a message, in the API's own form. */
export type ChatContentPart =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "image_url";
      readonly image_url: {
        /** The address of the image, or `data:image/png;base64,…`. */
        readonly url: string;
        /** How closely to look: `low`, `high` or `auto`. */
        readonly detail?: string | undefined;
      };
    }
  | {
      readonly type: "input_audio";
      readonly input_audio: {
        /** In Base64. */
        readonly data: string;
        /** E.g. `wav`. */
        readonly format: string;
      };
    };

/** One message of a conversation. */
export interface ChatMessage {
  /**
   * Who speaks: `system` or `developer` instruct the model, `user` asks, `assistant` is the model, `tool` answers its
   * call.
   */
  readonly role: "system" | "user" | "assistant" | "tool" | "developer";
  /** The text, or its parts where the model takes more than text. May be missing where an assistant calls tools. */
  readonly content?: string | readonly ChatContentPart[] | null | undefined;
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

/** Whether a model calls a tool: `auto` as it likes, `required` at least one, `none`, or the one named. */
export type ChatToolChoice =
  | "auto"
  | "required"
  | "none"
  | { readonly type: "function"; readonly function: { readonly name: string } };

/**
 * The form of an answer, in the API's own form: text, any JSON object, or JSON by a schema. Some models refuse some.
 */
export type ChatResponseFormat =
  | { readonly type: "text" }
  | { readonly type: "json_object" }
  | {
      readonly type: "json_schema";
      readonly json_schema: {
        readonly name: string;
        readonly schema: Readonly<Record<string, unknown>>;
        readonly strict?: boolean | undefined;
        readonly description?: string | undefined;
      };
    };

/** How a model that thinks before it answers does so. */
export interface ChatReasoning {
  /** How much: e.g. `low`, `medium`, `high`. */
  readonly effort?: string | undefined;
  /** Whether at all. */
  readonly enabled?: boolean | undefined;
  /** The most tokens that it may spend on it. */
  readonly maxTokens?: number | undefined;
}

/** What to ask a model, and how it answers. What is not given is not sent: the API's default holds. */
export interface ChatArgs {
  /** The model's id, as the API lists it. Models change within weeks: `findModel` finds one by what it can do. */
  readonly model: string;
  /** The conversation so far, oldest message first. At least one. */
  readonly messages: readonly ChatMessage[];
  /** The most tokens that one answer may have, 1 or more. A longer one is cut: its `finishReason` is `length`. */
  readonly maxTokens?: number | undefined;
  /** The same with what the model thinks before it answers; newer models take this one. */
  readonly maxCompletionTokens?: number | undefined;
  /** How many answers to give, 1 to 128; each is charged. */
  readonly n?: number | undefined;
  /** A whole number: equal requests with equal seeds get equal answers, as far as the model can. */
  readonly seed?: number | undefined;
  /** How freely the model chooses its words, 0 to 2. With 0, equal questions tend to get equal answers. */
  readonly temperature?: number | undefined;
  /** Words are chosen from the likeliest that together have this probability, 0 to 1. */
  readonly topP?: number | undefined;
  /** How much a word is avoided the more often it came, -2 to 2. */
  readonly frequencyPenalty?: number | undefined;
  /** How much a word is avoided that came at all, -2 to 2. */
  readonly presencePenalty?: number | undefined;
  /** Texts at which an answer ends, themselves left out. */
  readonly stop?: string | readonly string[] | undefined;
  /** Whether the answers tell how likely each of their tokens was. */
  readonly logprobs?: boolean | undefined;
  /** With `logprobs`: how many other tokens are told for each, 0 to 20. */
  readonly topLogprobs?: number | undefined;
  /** Functions that the model may ask to have called. */
  readonly tools?: readonly ChatTool[] | undefined;
  /** Whether it calls one. */
  readonly toolChoice?: ChatToolChoice | undefined;
  /** The form of the answer. */
  readonly responseFormat?: ChatResponseFormat | undefined;
  /** How much a model thinks before it answers, e.g. `low`, `medium`, `high`. */
  readonly reasoningEffort?: string | undefined;
  /** How it thinks, in more detail. */
  readonly reasoning?: ChatReasoning | undefined;
  /** Whether to go on with the last message, an assistant's, in place of answering it. */
  readonly continueFinalMessage?: boolean | undefined;
}

/** `ChatArgs` and where to look for the answer. */
export interface RagChatArgs extends ChatArgs {
  /** A collection's id. */
  readonly collection: string;
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

/** What is charged. */
export interface ChatUsage {
  /** Tokens of the messages, and of what was found in the collection. */
  readonly promptTokens: number;
  /** Tokens of all answers. */
  readonly completionTokens: number;
  /** Both together. */
  readonly totalTokens: number;
}

/** One answer of a model. */
export interface ChatChoice {
  readonly index: number;
  readonly message: {
    /** `assistant` */
    readonly role: string;
    /** Null where the model only calls tools, or thought until its tokens were spent. */
    readonly content: string | null;
    /** What the model thought before it answered, where the API tells it. */
    readonly reasoning?: string;
    /** Empty where the model calls none. */
    readonly toolCalls: readonly ChatToolCall[];
  };
  /** E.g. `stop`, `length`, `tool_calls`. */
  readonly finishReason: string;
  /** Where asked for. */
  readonly logprobs?: readonly ChatLogprob[];
}

/** A model's answers. */
export interface ChatCompletion {
  readonly id: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly created: number;
  /** May differ from the model asked for. */
  readonly model: string;
  readonly choices: readonly ChatChoice[];
  readonly usage: ChatUsage;
}

/** A completion put together from a stream, whole or as far as it came. */
export interface StreamedCompletion extends Omit<ChatCompletion, "choices" | "usage"> {
  readonly choices: readonly StreamedChoice[];
  /** Where the API reports it in streams. */
  readonly usage?: ChatUsage;
}

/** A choice of a streamed completion: without `finishReason` while it goes on. */
export interface StreamedChoice extends Omit<ChatChoice, "finishReason"> {
  readonly finishReason: string | null;
}

/** What one chunk of a stream adds. */
export interface ChatChunk {
  readonly id: string;
  readonly model: string;
  readonly choices: readonly {
    readonly index: number;
    /** The text that this chunk adds; may be empty. */
    readonly content: string;
    /** What this chunk adds to what the model thinks before it answers, where the API tells it. */
    readonly reasoning?: string;
    /** Calls of tools, put together from their chunks: they come whole, with the chunk that has the finishReason. */
    readonly toolCalls: readonly ChatToolCall[];
    /** Null until the choice is finished. */
    readonly finishReason: string | null;
  }[];
  readonly usage?: ChatUsage;
}

/**
 * A stream's chunks. The request goes out when the first chunk is asked for; `break` and the signal close the
 * connection.
 *
 * @throws StreamInterruptedError where it ends before its end; its `partial` is the StreamedCompletion until then.
 */
export interface ChatStream extends AsyncGenerator<ChatChunk, void, undefined> {
  /**
   * The rest of the stream for an answer of a web server: one chunk as JSON a line. Cancelling it closes the
   * connection.
   */
  toReadableStream(): ReadableStream<Uint8Array>;
  /** Status and headers of the answer. The request goes out where it has not yet. */
  withResponse(): Promise<{ readonly data: ChatStream; readonly response: RawResponse }>;
  /** Reads the rest of the stream and answers with the whole. */
  completion(): Promise<StreamedCompletion>;
}
