import { z } from "zod";
import { ask, remove } from "./answer.js";
import type { ApiPromise } from "./api-promise.js";
import { requireText } from "./argument.js";
import type { CallOptions, Http } from "./http/index.js";
import { knownId, newId, path } from "./http/path.js";
import { saidText, timeText } from "./http/said.js";
import { quoted } from "../text/clean.js";

/** A vector store: what items and files are kept in and searched. */
export interface Collection {
  /** Made by the API from the first name; a rename keeps it. */
  readonly id: string;
  readonly name: string;
  /** When it was made, as the API writes it (ISO 8601). Not there where the API does not say. */
  readonly created?: string | undefined;
}

/** `client.collections` */
export interface Collections {
  /** All collections of the subscription. */
  list(options?: CallOptions): ApiPromise<Collection[]>;
  /** @throws NotFoundError */
  get(id: string, options?: CallOptions): ApiPromise<Collection>;
  /**
   * Makes a collection. Not repeated after an unanswered request. For some seconds it may be unknown to other requests:
   * those of this process are repeated for so long.
   *
   * @throws DuplicateNameError where a collection has this name, or one that begins with the same 14 letters and
   * digits.
   */
  create(args: { readonly name: string }, options?: CallOptions): ApiPromise<Collection>;
  /** Renames it in place. @throws NotFoundError */
  update(id: string, args: { readonly name: string }, options?: CallOptions): ApiPromise<Collection>;
  /**
   * Deletes it with its items and files. Where a repeated request was needed, NotFoundError may mean that the first
   * one had done it. @throws NotFoundError
   */
  delete(id: string, options?: CallOptions): ApiPromise<void>;
}

interface Wire {
  readonly id: string;
  readonly name: string;
  readonly created?: string | null | undefined;
}

function shapesOf({ settings }: Http) {
  const wire = z.looseObject({ id: z.string(), name: saidText(settings), created: timeText(settings).nullish() });
  return {
    all: z.looseObject({ collections: z.array(wire) }),
    one: z.looseObject({ collection: z.looseObject({ ...wire.shape, id: knownId(settings) }) }),
    made: z.looseObject({ collection: z.looseObject({ ...wire.shape, id: newId(settings) }) }),
  };
}

export function collections(http: Http): Collections {
  const { all, one, made } = shapesOf(http);
  const { confidential, clock } = http.settings;
  const about = (id: unknown) => `collection ${quoted(id)}`;
  const known = (id: string) => ({
    object: about(id),
    collection: about(id),
    collectionId: id,
    path: path`/vector_store/${id}`,
  });
  return {
    list: (options) =>
      ask(http, options, () => ({
        request: {
          operation: "listCollections",
          task: "list the collections",
          method: "GET",
          effect: "safe",
          path: "/vector_store",
        },
        shape: all,
        result: (answer) => answer.collections.map(toCollection),
      })),
    get: (id, options) =>
      ask(http, options, () => ({
        request: { operation: "getCollection", task: `get ${about(id)}`, method: "GET", effect: "safe", ...known(id) },
        shape: one,
        result: (answer) => toCollection(answer.collection),
      })),
    create: ({ name }, options) =>
      ask(http, options, () => ({
        request: {
          operation: "createCollection",
          task: `create ${confidential ? "a collection" : about(name)}`,
          method: "POST",
          effect: "non-idempotent",
          path: "/vector_store",
          json: { name: requireText("createCollection", "name", name) },
        },
        shape: made,
        result: ({ collection }) => {
          http.fresh.made(collection.id, clock.now());
          return toCollection(collection);
        },
      })),
    update: (id, { name }, options) =>
      ask(http, options, () => ({
        request: {
          operation: "updateCollection",
          task: `rename ${about(id)}`,
          method: "PATCH",
          effect: "idempotent",
          json: { name: requireText("updateCollection", "name", name) },
          ...known(id),
        },
        shape: one,
        result: (answer) => toCollection(answer.collection),
      })),
    delete: (id, options) =>
      remove(http, options, () => ({ operation: "deleteCollection", task: `delete ${about(id)}`, ...known(id) })),
  };
}

function toCollection({ id, name, created }: Wire): Collection {
  return { id, name, ...(typeof created === "string" && created !== "" && { created }) };
}
