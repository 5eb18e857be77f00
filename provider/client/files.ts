import { z } from "zod";
import { ask, remove } from "./answer.js";
import { requireText } from "./argument.js";
import type { CallOptions, Http } from "./http/index.js";
import { filePart, type FileSource } from "./http/multipart.js";
import { knownId, newId, path } from "./http/path.js";
import { saidText } from "./http/said.js";
import { quoted } from "../text/clean.js";

/** A file in a collection, from which the API makes items after it has arrived. */
export interface File {
  readonly id: string;
  readonly filename: string;
  /** Known are enqueued, processing, completed, failed; count every other word as still going. */
  readonly status: string;
  /** Items made from it so far. */
  readonly items: number;
  /** Tokens embedded so far. */
  readonly tokens: number;
  /** Why ingestion failed, where it did and the API says so. */
  readonly error?: string;
}

/** What to upload. */
export interface NewFile {
  /** The file's name in the collection; its ending tells the API the type. */
  readonly filename: string;
  /** Bytes, the path of a file, or a readable stream. A stream that has been read is not sent again. */
  readonly source: FileSource;
}

/** `client.files` */
export interface Files {
  /** All files of a collection. @throws NotFoundError */
  list(collectionId: string, options?: CallOptions): Promise<File[]>;
  /** @throws NotFoundError */
  get(collectionId: string, fileId: string, options?: CallOptions): Promise<File>;
  /**
   * Uploads a file. Its items come later: ask with `get` until the status says so. Not repeated after an unanswered
   * request: a second file would be made. @throws NotFoundError, UsageError for a source that cannot be read
   */
  add(collectionId: string, file: NewFile, options?: CallOptions): Promise<File>;
  /** Deletes it with the items made from it; otherwise as `collections.delete`. @throws NotFoundError */
  delete(collectionId: string, fileId: string, options?: CallOptions): Promise<void>;
}

interface Wire extends Omit<File, "error"> {
  readonly error?: string | null | undefined;
}

function shapesOf({ settings }: Http) {
  const said = saidText(settings);
  const wire = z.looseObject({ id: z.string(), filename: said, status: said, items: z.number(), tokens: z.number(), error: said.nullish() });
  return {
    all: z.looseObject({ files: z.array(wire) }),
    one: z.looseObject({ file: z.looseObject({ ...wire.shape, id: knownId(settings) }) }),
    made: z.looseObject({ file: z.looseObject({ ...wire.shape, id: newId(settings) }) }),
  };
}

export function files(http: Http): Files {
  const { all, one, made } = shapesOf(http);
  const within = (collectionId: unknown) => `collection ${quoted(collectionId)}`;
  const about = (collectionId: unknown, fileId: unknown) => `file ${quoted(fileId)} of ${within(collectionId)}`;
  const pathOfAll = (collectionId: unknown) => path`/vector_store/${collectionId}/files`;
  const pathOf = (collectionId: unknown, fileId: unknown) => path`/vector_store/${collectionId}/files/${fileId}`;
  return {
    async list(collectionId, options) {
      const object = within(collectionId);
      const request = { operation: "listFiles", task: `list the files of ${object}`, object, path: pathOfAll(collectionId) };
      const answer = await ask(http, { ...request, method: "GET", effect: "safe" }, all, options);
      return answer.files.map(toFile);
    },
    async get(collectionId, fileId, options) {
      const object = about(collectionId, fileId);
      const request = { operation: "getFile", task: `get ${object}`, object, path: pathOf(collectionId, fileId) };
      const answer = await ask(http, { ...request, method: "GET", effect: "safe" }, one, options);
      return toFile(answer.file);
    },
    async add(collectionId, { filename, source }, options) {
      const object = within(collectionId);
      const task = `add ${http.settings.confidential ? "a file" : `file ${quoted(filename)}`} to ${object}`;
      const request = { operation: "addFile", task, object, path: pathOfAll(collectionId) };
      const upload = await filePart("addFile", requireText("addFile", "filename", filename), source);
      const answer = await ask(http, { ...request, method: "POST", effect: "non-idempotent", upload }, made, options);
      return toFile(answer.file);
    },
    async delete(collectionId, fileId, options) {
      const object = about(collectionId, fileId);
      const request = { operation: "deleteFile", task: `delete ${object}`, object, path: pathOf(collectionId, fileId) };
      await remove(http, request, options);
    },
  };
}

function toFile({ id, filename, status, items, tokens, error }: Wire): File {
  const file = { id, filename, status, items, tokens };
  return typeof error === "string" ? { ...file, error } : file;
}
