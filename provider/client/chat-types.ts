/** One message of a conversation. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool" | "developer";
  readonly content?: string | null | undefined;
  /** Of an assistant's message: the tools it called. */
  readonly toolCalls?: readonly ToolCall[] | undefined;
  /** Of a tool's message: the call that it answers. */
  readonly toolCallId?: string | undefined;
}

/** A model's wish to have a tool called. */
export interface ToolCall {
  readonly id: string;
  /** `function` is the only one known. */
  readonly type: string;
  readonly function: {
    readonly name: string;
    /** JSON as the model wrote it, which need not be valid. */
    readonly arguments: string;
  };
}

/** What to ask a model. Defaults are the API's. */
export interface ChatArgs {
  /** E.g. `llama-3.3-70b-instruct-fp8`; `client.models.list` knows those of today. */
  readonly model: string;
  /** At least one. */
  readonly messages: readonly ChatMessage[];
  /** Default 512. */
  readonly maxTokens?: number | undefined;
  /** How many answers; default 1. */
  readonly n?: number | undefined;
  readonly seed?: number | undefined;
  /** 0 to 2, default 1. */
  readonly temperature?: number | undefined;
  /** 0 to 1, default 1. */
  readonly topP?: number | undefined;
  /** -2 to 2, default 0. */
  readonly frequencyPenalty?: number | undefined;
  /** -2 to 2, default 0. */
  readonly presencePenalty?: number | undefined;
  /** Texts at which the answer ends. */
  readonly stop?: readonly string[] | undefined;
  readonly logprobs?: boolean | undefined;
  /** 0 to 20, with `logprobs`. */
  readonly topLogprobs?: number | undefined;
  /** Tools in the API's own form: `{ type: "function", function: { name, description, parameters } }`. */
  readonly tools?: readonly object[] | undefined;
  /** `auto`, `required`, `none`, or a tool in the API's own form. */
  readonly toolChoice?: string | object | undefined;
}

/** `ChatArgs` and where to look for the answer. */
export interface RagChatArgs extends ChatArgs {
  /** A collection's id. */
  readonly collection: string;
}

/** How likely a token was. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** The token's bytes, where they are no whole characters. */
  readonly bytes: readonly number[] | null;
  /** The likeliest tokens in its place. */
  readonly topLogprobs: readonly { readonly token: string; readonly logprob: number; readonly bytes: readonly number[] | null }[];
}

/** What a conversation's continuation used. */
export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
}

/** One answer of a model. */
export interface ChatChoice {
  readonly index: number;
  readonly message: {
    /** `assistant` */
    readonly role: string;
    readonly content: string | null;
    /** Empty where the model calls none. */
    readonly toolCalls: readonly ToolCall[];
  };
  /** E.g. `stop`, `length`, `tool_calls`. */
  readonly finishReason: string;
  /** Where asked for. */
  readonly logprobs?: readonly TokenLogprob[];
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
    /** Calls of tools, put together from their chunks: they come whole, with the chunk that has the finishReason. */
    readonly toolCalls: readonly ToolCall[];
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
  /** Reads the rest of the stream and answers with the whole. */
  completion(): Promise<StreamedCompletion>;
}
