/**
 * A typed client for the Vultr Serverless Inference API, usable without Pulumi.
 *
 * @example
 * ```ts
 * import { createClient } from "pulumi-vultr-inference/client";
 *
 * const client = createClient({ apiKey });
 * const { results } = await client.search("handbook", { input: "How do I cancel a request?" });
 * ```
 */
export { type Client, type ClientOptions, createClient } from "./client.js";
export type { Collection, Collections } from "./collections.js";
export type { Clock } from "./http/clock.js";
export { closeConnections } from "./http/connections.js";
export * from "./http/errors.js";
export type { CallOptions } from "./http/index.js";
export type { Logger } from "./http/settings.js";
export type { AddedItem, Item, Items, ItemSummary } from "./items.js";
export type { Search, SearchAnswer, SearchResult } from "./search.js";
export type { EmbeddingUsage } from "./usage.js";
