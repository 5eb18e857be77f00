import { ask } from "./answer.js";
import { requireText } from "./argument.js";
import { chatStream } from "./chat-stream.js";
import type { ChatArgs, ChatCompletion, ChatStream } from "./chat-types.js";
import { completionWire, toCompletion, toRequest } from "./chat-wire.js";
import { UsageError } from "./http/errors.js";
import type { CallOptions, Http } from "./http/index.js";
import type { ApiRequest } from "./http/request.js";

/** What chat and RAG chat have in common, one endpoint each. */
export interface Completions<Args extends ChatArgs> {
  /** Continues a conversation. Costs; not repeated after an unanswered request. */
  create(args: Args, options?: CallOptions): Promise<ChatCompletion>;
  /** The same, chunk by chunk as the model writes. */
  stream(args: Args, options?: CallOptions): ChatStream;
}

/** What differs between the endpoints. */
export interface Endpoint<Args> {
  readonly operation: string;
  readonly path: string;
  /** What a 404 may be about. */
  object(args: Args): string;
  /** What the body has besides the conversation. */
  extra(args: Args): Readonly<Record<string, unknown>>;
}

export function completions<Args extends ChatArgs>(http: Http, endpoint: Endpoint<Args>): Completions<Args> {
  const { operation, path } = endpoint;
  const requestOf = (args: Args, more: object): ApiRequest => {
    requireText(operation, "model", args.model);
    if (!Array.isArray(args.messages) || args.messages.length === 0) {
      throw new UsageError(`${operation}: messages must be a list with at least one message.`, { operation });
    }
    const object = endpoint.object(args);
    return {
      operation,
      task: `complete a chat with ${object}`,
      object,
      method: "POST",
      path,
      effect: "non-idempotent",
      json: { ...toRequest(args), ...endpoint.extra(args), ...more },
      documents: args.messages.flatMap(({ content }) => (typeof content === "string" ? [content] : [])),
    };
  };
  return {
    async create(args, options) {
      return toCompletion(await ask(http, requestOf(args, {}), completionWire, options));
    },
    stream(args, options) {
      return chatStream(http, () => ({ ...requestOf(args, { stream: true }), streams: true }), options);
    },
  };
}
