import { z } from "zod";
import { ask, remove } from "./answer.js";
import { requireText } from "./argument.js";
import type { CallOptions, Http } from "./http/index.js";
import { knownId, newId, path } from "./http/path.js";
import { saidText, timeText } from "./http/said.js";
import { quoted } from "../text/clean.js";
import { type EmbeddingUsage, embeddingUsage, toEmbeddingUsage } from "./usage.js";

/** An item as lists show it: without its content. */
export interface ItemSummary {
  readonly id: string;
  /** When it was added, as the API writes it (assumed: ISO 8601, UTC). */
  readonly created: string;
  /** The API's default is a shortened content. */
  readonly description: string;
}

/** A text in a collection. */
export interface Item extends ItemSummary {
  /** Cannot be changed: other content is another item. */
  readonly content: string;
}

/** A text to add. */
export interface NewItem {
  /** At most about 512 tokens. */
  readonly content: string;
  /** Default: a shortened content, which the API makes. */
  readonly description?: string | undefined;
}

/** What adding an item brings. */
export interface AddedItem {
  readonly item: Item;
  readonly usage: EmbeddingUsage;
}

/** `client.items` */
export interface Items {
  /** All items of a collection, also those made from files. @throws NotFoundError */
  list(collectionId: string, options?: CallOptions): Promise<ItemSummary[]>;
  /** @throws NotFoundError */
  get(collectionId: string, itemId: string, options?: CallOptions): Promise<Item>;
  /**
   * Embeds and adds a text. Not repeated after an unanswered request: a second item would be made.
   * @throws ContentTooLongError above about 512 tokens. @throws NotFoundError
   */
  add(collectionId: string, args: NewItem, options?: CallOptions): Promise<AddedItem>;
  /** Changes the description. @throws NotFoundError */
  update(collectionId: string, itemId: string, args: { readonly description: string }, options?: CallOptions): Promise<Item>;
  /** As `collections.delete`. @throws NotFoundError */
  delete(collectionId: string, itemId: string, options?: CallOptions): Promise<void>;
}

function shapesOf({ settings }: Http) {
  const summary = z.looseObject({ id: z.string(), created: timeText(settings), description: saidText(settings) });
  const wire = z.looseObject({ ...summary.shape, content: z.string() });
  return {
    all: z.looseObject({ items: z.array(summary) }),
    one: z.looseObject({ item: z.looseObject({ ...wire.shape, id: knownId(settings) }) }),
    added: z.looseObject({ item: z.looseObject({ ...wire.shape, id: newId(settings) }), usage: embeddingUsage }),
  };
}

export function items(http: Http): Items {
  const { all, one, added } = shapesOf(http);
  const within = (collectionId: unknown) => `collection ${quoted(collectionId)}`;
  const about = (collectionId: unknown, itemId: unknown) => `item ${quoted(itemId)} of ${within(collectionId)}`;
  const pathOfAll = (collectionId: unknown) => path`/vector_store/${collectionId}/items`;
  const pathOf = (collectionId: unknown, itemId: unknown) => path`/vector_store/${collectionId}/items/${itemId}`;
  return {
    async list(collectionId, options) {
      const object = within(collectionId);
      const request = { operation: "listItems", task: `list the items of ${object}`, object, path: pathOfAll(collectionId) };
      const answer = await ask(http, { ...request, method: "GET", effect: "safe" }, all, options);
      return answer.items.map(toSummary);
    },
    async get(collectionId, itemId, options) {
      const object = about(collectionId, itemId);
      const request = { operation: "getItem", task: `get ${object}`, object, path: pathOf(collectionId, itemId) };
      const answer = await ask(http, { ...request, method: "GET", effect: "safe" }, one, options);
      return toItem(answer.item);
    },
    async add(collectionId, { content, description }, options) {
      const object = within(collectionId);
      const json = { content: requireText("addItem", "content", content), description };
      const request = { operation: "addItem", task: `add an item to ${object}`, object, path: pathOfAll(collectionId), json };
      const answer = await ask(http, { ...request, method: "POST", effect: "non-idempotent", documents: [content] }, added, options);
      return { item: toItem(answer.item), usage: toEmbeddingUsage(answer.usage) };
    },
    async update(collectionId, itemId, { description }, options) {
      const object = about(collectionId, itemId);
      const request = { operation: "updateItem", task: `update ${object}`, object, path: pathOf(collectionId, itemId) };
      const answer = await ask(http, { ...request, method: "PATCH", effect: "idempotent", json: { description } }, one, options);
      return toItem(answer.item);
    },
    async delete(collectionId, itemId, options) {
      const object = about(collectionId, itemId);
      const request = { operation: "deleteItem", task: `delete ${object}`, object, path: pathOf(collectionId, itemId) };
      await remove(http, request, options);
    },
  };
}

function toSummary({ id, created, description }: ItemSummary): ItemSummary {
  return { id, created, description };
}

function toItem(item: Item): Item {
  return { ...toSummary(item), content: item.content };
}
