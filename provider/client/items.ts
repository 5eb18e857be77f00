import { z } from "zod";
import { ask, remove } from "./answer.js";
import type { ApiPromise } from "./api-promise.js";
import { type AddMany, addMany } from "./add-many.js";
import type { Item, ItemSummary, NewItem } from "./item.js";
import { requireText } from "./argument.js";
import type { CallOptions, Http } from "./http/index.js";
import { knownId, newId, path } from "./http/path.js";
import { saidText, timeText } from "./http/said.js";
import { quoted } from "../text/clean.js";
import { type EmbeddingUsage, embeddingUsage, toEmbeddingUsage } from "./usage.js";

/** What adding an item brings. */
export interface AddedItem {
  readonly item: Item;
  readonly usage: EmbeddingUsage;
}

/** `client.items` */
export interface Items {
  /** All items of a collection, also those made from files. @throws NotFoundError */
  list(collectionId: string, options?: CallOptions): ApiPromise<ItemSummary[]>;
  /** @throws NotFoundError */
  get(collectionId: string, itemId: string, options?: CallOptions): ApiPromise<Item>;
  /**
   * Embeds and adds a text. Not repeated after an unanswered request: a second item would be made.
   * @throws ContentTooLongError above about 512 tokens. @throws NotFoundError
   */
  add(collectionId: string, args: NewItem, options?: CallOptions): ApiPromise<AddedItem>;
  /**
   * Adds texts, many at once. With a `tag`, a run that was broken off goes on where it was when it is called again, and
   * a text whose answer was lost is looked for before it is added again. The first failure ends it.
   */
  addMany: AddMany;
  /** Changes the description. @throws NotFoundError */
  update(
    collectionId: string,
    itemId: string,
    args: { readonly description: string },
    options?: CallOptions,
  ): ApiPromise<Item>;
  /** As `collections.delete`. @throws NotFoundError */
  delete(collectionId: string, itemId: string, options?: CallOptions): ApiPromise<void>;
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
  const within = (collectionId: string) => ({ collection: `collection ${quoted(collectionId)}`, collectionId });
  const ofAll = (collectionId: string) => ({
    ...within(collectionId),
    object: within(collectionId).collection,
    path: path`/vector_store/${collectionId}/items`,
  });
  const about = (collectionId: string, itemId: unknown) =>
    `item ${quoted(itemId)} of ${within(collectionId).collection}`;
  const ofOne = (collectionId: string, itemId: string) => ({
    ...within(collectionId),
    object: about(collectionId, itemId),
    path: path`/vector_store/${collectionId}/items/${itemId}`,
  });
  const items: Omit<Items, "addMany"> = {
    list: (collectionId, options) =>
      ask(http, options, () => ({
        request: {
          operation: "listItems",
          task: `list the items of ${within(collectionId).collection}`,
          method: "GET",
          effect: "safe",
          ...ofAll(collectionId),
        },
        shape: all,
        result: (answer) => answer.items.map(toSummary),
      })),
    get: (collectionId, itemId, options) =>
      ask(http, options, () => ({
        request: {
          operation: "getItem",
          task: `get ${about(collectionId, itemId)}`,
          method: "GET",
          effect: "safe",
          ...ofOne(collectionId, itemId),
        },
        shape: one,
        result: (answer) => toItem(answer.item),
      })),
    add: (collectionId, { content, description }, options) =>
      ask(http, options, () => ({
        request: {
          operation: "addItem",
          task: `add an item to ${within(collectionId).collection}`,
          method: "POST",
          effect: "non-idempotent",
          json: { content: requireText("addItem", "content", content), description },
          documents: [content],
          ...ofAll(collectionId),
        },
        shape: added,
        result: (answer) => ({ item: toItem(answer.item), usage: toEmbeddingUsage(answer.usage) }),
      })),
    update: (collectionId, itemId, { description }, options) =>
      ask(http, options, () => ({
        request: {
          operation: "updateItem",
          task: `update ${about(collectionId, itemId)}`,
          method: "PATCH",
          effect: "idempotent",
          json: { description },
          ...ofOne(collectionId, itemId),
        },
        shape: one,
        result: (answer) => toItem(answer.item),
      })),
    delete: (collectionId, itemId, options) =>
      remove(http, options, () => ({
        operation: "deleteItem",
        task: `delete ${about(collectionId, itemId)}`,
        ...ofOne(collectionId, itemId),
      })),
  };
  return { ...items, addMany: addMany(items, http.settings.concurrency) };
}

function toSummary({ id, created, description }: ItemSummary): ItemSummary {
  return { id, created, description };
}

function toItem(item: Item): Item {
  return { ...toSummary(item), content: item.content };
}
