/**
 * A typed client for the Vultr Serverless Inference API, usable without Pulumi.
 *
 * @example
 * ```ts
 * import { createClient } from "pulumi-vultr-inference/client";
 *
 * const client = createClient({ apiKey: process.env.VULTR_INFERENCE_API_KEY ?? "" });
 * const { results } = await client.search("handbook", { input: "How do I cancel a request?" });
 * ```
 */
export type { Chat } from "./chat.js";
export type * from "./chat-types.js";
export { type Client, type ClientOptions, createClient } from "./client.js";
export type { Collection, Collections } from "./collections.js";
export type { Completions } from "./completions.js";
export type { File, Files, NewFile } from "./files.js";
export type { Health, HealthReport } from "./health.js";
export type { Clock } from "./http/clock.js";
export { closeConnections } from "./http/connections.js";
export * from "./http/errors.js";
export type { CallOptions } from "./http/index.js";
export type { FileSource, RereadableSource } from "./http/multipart.js";
export type { HttpOptions, Logger } from "./http/settings.js";
export type { AddedItem, Item, Items, ItemSummary, NewItem } from "./items.js";
export type { LoggedRequest, LogQuery, Logs } from "./logs.js";
export type { Model, Models } from "./models.js";
export type { RagChat } from "./rag-chat.js";
export type { Search, SearchAnswer, SearchResult } from "./search.js";
export type { Speech, SpeechArgs, SpeechAudio } from "./speech.js";
export type { EmbeddingUsage } from "./usage.js";
export type { Voice, Voices } from "./voices.js";
