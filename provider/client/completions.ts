import type { ApiPromise } from "./api-promise.js";
import { ask } from "./answer.js";
import { requireText } from "./argument.js";
import { chatStream } from "./chat-stream.js";
import type { ChatArgs, ChatCompletion, ChatMessage, ChatStream } from "./chat-types.js";
import { completionWire, toCompletion, toRequest } from "./chat-wire.js";
import { UsageError } from "./http/errors.js";
import type { CallOptions, Http } from "./http/index.js";
import type { ApiRequest } from "./http/request.js";

/** What chat and RAG chat have in common, one endpoint each. */
export interface Completions<Args extends ChatArgs> {
  /** Continues a conversation. Costs; not repeated after an unanswered request. */
  create(args: Args, options?: CallOptions): ApiPromise<ChatCompletion>;
  /** The same, chunk by chunk as the model writes. */
  stream(args: Args, options?: CallOptions): ChatStream;
}

/** What differs between the endpoints. */
export interface Endpoint<Args> {
  readonly operation: string;
  readonly path: string;
  /** What a 404 may be about. */
  about(args: Args): Pick<ApiRequest, "object" | "collection" | "collectionId">;
  /** What the body has besides the conversation. */
  extra(args: Args): Readonly<Record<string, unknown>>;
}

export function completions<Args extends ChatArgs>(http: Http, endpoint: Endpoint<Args>): Completions<Args> {
  const { operation, path } = endpoint;
  const requestOf = (args: Args, more: object): ApiRequest => {
    requireText(operation, "model", args.model);
    const messages: unknown = args.messages;
    if (!Array.isArray(messages) || messages.length === 0) {
      throw new UsageError(`${operation}: messages must be a list with at least one message.`, { operation });
    }
    const about = endpoint.about(args);
    return {
      operation,
      task: `complete a chat with ${about.object}`,
      ...about,
      method: "POST",
      path,
      effect: "non-idempotent",
      json: { ...toRequest(args), ...endpoint.extra(args), ...more },
      documents: args.messages.flatMap(({ content }) => textsIn(content)),
    };
  };
  return {
    create: (args, options) =>
      ask(http, options, () => ({ request: requestOf(args, {}), shape: completionWire, result: toCompletion })),
    stream(args, options) {
      return chatStream(http, () => ({ ...requestOf(args, { stream: true }), streams: true }), options);
    },
  };
}

function textsIn(content: ChatMessage["content"]): string[] {
  if (typeof content === "string") return [content];
  return (content ?? []).flatMap((part) =>
    part.type === "text" ? [part.text] : part.type === "image_url" ? [part.image_url.url] : [part.input_audio.data],
  );
}
