import { type Collections, collections } from "./collections.js";
import { createHttp } from "./http/index.js";
import type { HttpOptions } from "./http/settings.js";
import { type Items, items } from "./items.js";
import { type Search, search } from "./search.js";

/** How the client reaches the API. */
export type ClientOptions = HttpOptions;

/** The API, one property a noun. */
export interface Client {
  readonly collections: Collections;
  readonly items: Items;
  readonly search: Search;
}

/**
 * Makes a client. Nothing is sent yet.
 *
 * @throws UsageError that names the first wrong option.
 */
export function createClient(options: ClientOptions): Client {
  const http = createHttp(options);
  return {
    collections: collections(http),
    items: items(http),
    search: search(http),
  };
}
