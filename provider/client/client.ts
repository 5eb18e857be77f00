import { type Chat, chat } from "./chat.js";
import { type Collections, collections } from "./collections.js";
import { type Files, files } from "./files.js";
import { type Health, health } from "./health.js";
import { createHttp } from "./http/index.js";
import type { HttpOptions } from "./http/settings.js";
import { type Items, items } from "./items.js";
import { type Logs, logs } from "./logs.js";
import { type Models, models } from "./models.js";
import { type RagChat, ragChat } from "./rag-chat.js";
import { type Rerank, reorder, rerank } from "./rerank.js";
import { type Search, search } from "./search.js";
import { type Speech, speech } from "./speech.js";
import { type Usage, usage } from "./usage.js";
import { type Voices, voices } from "./voices.js";

/** How the client reaches the API. */
export interface ClientOptions extends HttpOptions {
  /** Where request logs are looked up, below the base URL; default `/logs`, which is assumed. */
  readonly logsPath?: string | undefined;
}

/** The API, one property a noun. Every method takes CallOptions last and throws nothing but VultrInferenceError. */
export interface Client {
  readonly collections: Collections;
  readonly items: Items;
  readonly files: Files;
  readonly search: Search;
  readonly rerank: Rerank;
  readonly chat: Chat;
  readonly ragChat: RagChat;
  readonly speech: Speech;
  readonly logs: Logs;
  readonly models: Models;
  readonly voices: Voices;
  readonly usage: Usage;
  readonly health: Health;
}

/**
 * Makes a client. Nothing is sent yet.
 *
 * @throws UsageError that names the first wrong option.
 */
export function createClient(options: ClientOptions = {}): Client {
  const http = createHttp(options);
  const allModels = models(http);
  const order = rerank(http, allModels);
  return {
    collections: collections(http),
    items: items(http),
    files: files(http),
    search: search(http, reorder(order)),
    rerank: order,
    chat: chat(http),
    ragChat: ragChat(http),
    speech: speech(http),
    logs: logs(http, options.logsPath),
    models: allModels,
    voices: voices(http),
    usage: usage(http),
    health: health(http),
  };
}
