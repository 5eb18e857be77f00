import { z } from "zod";
import { ask, remove } from "./answer.js";
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
  list(options?: CallOptions): Promise<Collection[]>;
  /** @throws NotFoundError */
  get(id: string, options?: CallOptions): Promise<Collection>;
  /** Makes a collection. Not repeated after an unanswered request: a second one would be made. */
  create(args: { readonly name: string }, options?: CallOptions): Promise<Collection>;
  /** Renames it in place. @throws NotFoundError */
  update(id: string, args: { readonly name: string }, options?: CallOptions): Promise<Collection>;
  /**
   * Deletes it with its items and files. Where a repeated request was needed, NotFoundError may mean that the first
   * one had done it. @throws NotFoundError
   */
  delete(id: string, options?: CallOptions): Promise<void>;
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
  const about = (id: unknown) => `collection ${quoted(id)}`;
  const pathOf = (id: unknown) => path`/vector_store/${id}`;
  return {
    async list(options) {
      const request = { operation: "listCollections", task: "list the collections", path: "/vector_store" };
      const answer = await ask(http, { ...request, method: "GET", effect: "safe" }, all, options);
      return answer.collections.map(toCollection);
    },
    async get(id, options) {
      const object = about(id);
      const request = { operation: "getCollection", task: `get ${object}`, object, path: pathOf(id) };
      const answer = await ask(http, { ...request, method: "GET", effect: "safe" }, one, options);
      return toCollection(answer.collection);
    },
    async create({ name }, options) {
      const json = { name: requireText("createCollection", "name", name) };
      const request = { operation: "createCollection", task: `create ${http.settings.confidential ? "a collection" : about(name)}`, path: "/vector_store", json };
      const answer = await ask(http, { ...request, method: "POST", effect: "non-idempotent" }, made, options);
      return toCollection(answer.collection);
    },
    async update(id, { name }, options) {
      const object = about(id);
      const json = { name: requireText("updateCollection", "name", name) };
      const request = { operation: "updateCollection", task: `rename ${object}`, object, path: pathOf(id), json };
      const answer = await ask(http, { ...request, method: "PATCH", effect: "idempotent" }, one, options);
      return toCollection(answer.collection);
    },
    async delete(id, options) {
      const object = about(id);
      const request = { operation: "deleteCollection", task: `delete ${object}`, object, path: pathOf(id) };
      await remove(http, request, options);
    },
  };
}

function toCollection({ id, name, created }: Wire): Collection {
  return { id, name, ...(typeof created === "string" && created !== "" && { created }) };
}
