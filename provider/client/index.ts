/**
 * A typed client for the Vultr Serverless Inference API, usable without Pulumi.
 *
 * @example
 * ```ts
 * import { createClient } from "pulumi-vultr-inference/client";
 *
 * // The key is taken from the environment variable VULTR_INFERENCE_API_KEY.
 * const client = createClient();
 * const { results } = await client.search("handbook", { input: "How do I cancel a request?", limit: 5 });
 * ```
 */
export type { AddedMany, AddMany, AddManyOptions } from "./add-many.js";
export type { ApiPromise, RawResponse } from "./api-promise.js";
export type { Chat } from "./chat.js";
export type * from "./chat-types.js";
export { type Client, type ClientOptions, createClient } from "./client.js";
export type { Collection, Collections } from "./collections.js";
export type { Completions } from "./completions.js";
export type { File, NewFile } from "./file.js";
export type { Files } from "./files.js";
export type { Health, HealthReport } from "./health.js";
export type { Clock } from "./http/clock.js";
export { closeConnections } from "./http/connections.js";
export * from "./http/errors.js";
export type { CallOptions } from "./http/index.js";
export type { FileSource, RereadableSource } from "./http/multipart.js";
export type { DispatcherLike, FetchLike, HttpOptions, Logger } from "./http/settings.js";
export type { AddAndWait, WaitOptions } from "./ingestion.js";
export type { Item, ItemSummary, NewItem } from "./item.js";
export type { AddedItem, Items } from "./items.js";
export type { LoggedRequest, LogQuery, Logs } from "./logs.js";
export type { ModelWish } from "./find-model.js";
export type { Model } from "./model.js";
export type { Models } from "./models.js";
export type { RagChat } from "./rag-chat.js";
export type { Ranked, Rerank, RerankAnswer, RerankArgs } from "./rerank.js";
export type { Search, SearchAnswer, SearchArgs, SearchResult } from "./search.js";
export type { Speech, SpeechArgs, SpeechAudio } from "./speech.js";
export type { AccountUsage, EmbeddingUsage, Usage } from "./usage.js";
export type { Voice, Voices } from "./voices.js";
