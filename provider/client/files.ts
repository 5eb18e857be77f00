import { z } from "zod";
import { ask, remove } from "./answer.js";
import type { ApiPromise } from "./api-promise.js";
import type { File, NewFile } from "./file.js";
import { requireText } from "./argument.js";
import type { CallOptions, Http } from "./http/index.js";
import { filePart } from "./http/multipart.js";
import { type AddAndWait, addAndWait } from "./ingestion.js";
import { knownId, newId, path } from "./http/path.js";
import type { ApiRequest } from "./http/request.js";
import { saidText } from "./http/said.js";
import { quoted } from "../text/clean.js";

/** `client.files` */
export interface Files {
  /** All files of a collection. @throws NotFoundError */
  list(collectionId: string, options?: CallOptions): ApiPromise<File[]>;
  /** @throws NotFoundError */
  get(collectionId: string, fileId: string, options?: CallOptions): ApiPromise<File>;
  /**
   * Uploads a file. Its items come later: ask with `get` until the status says so. Not repeated after an unanswered
   * request: a second file would be made. @throws NotFoundError, UsageError for a source that cannot be read
   */
  add(collectionId: string, file: NewFile, options?: CallOptions): ApiPromise<File>;
  /**
   * Uploads a file and waits until its items are there: `status` is `completed` then.
   * @throws ValidationError where the ingestion fails, TimeoutError where it does not end; as `add` otherwise
   */
  addAndWait: AddAndWait;
  /**
   * Deletes it with the items made from it; otherwise as `collections.delete`. @throws NotFoundError, ValidationError
   * where the service deletes no files
   */
  delete(collectionId: string, fileId: string, options?: CallOptions): ApiPromise<void>;
}

interface Wire extends Omit<File, "error"> {
  readonly error?: string | null | undefined;
}

function shapesOf({ settings }: Http) {
  const said = saidText(settings);
  const wire = z.looseObject({
    id: z.string(),
    filename: said,
    status: said,
    items: z.number(),
    tokens: z.number(),
    error: said.nullish(),
  });
  return {
    all: z.looseObject({ files: z.array(wire) }),
    one: z.looseObject({ file: z.looseObject({ ...wire.shape, id: knownId(settings) }) }),
    made: z.looseObject({ file: z.looseObject({ ...wire.shape, id: newId(settings) }) }),
  };
}

export function files(http: Http): Files {
  const { all, one, made } = shapesOf(http);
  const within = (collectionId: string) => ({ collection: `collection ${quoted(collectionId)}`, collectionId });
  const ofAll = (collectionId: string) => ({
    ...within(collectionId),
    object: within(collectionId).collection,
    path: path`/vector_store/${collectionId}/files`,
  });
  const about = (collectionId: string, fileId: unknown) =>
    `file ${quoted(fileId)} of ${within(collectionId).collection}`;
  const ofOne = (collectionId: string, fileId: string) => ({
    ...within(collectionId),
    object: about(collectionId, fileId),
    path: path`/vector_store/${collectionId}/files/${fileId}`,
  });
  const upload = async (collectionId: string, { filename, source }: NewFile): Promise<ApiRequest> => ({
    operation: "addFile",
    task:
      `add ${http.settings.confidential ? "a file" : `file ${quoted(filename)}`} to ` + within(collectionId).collection,
    method: "POST",
    effect: "non-idempotent",
    ...ofAll(collectionId),
    upload: await filePart("addFile", requireText("addFile", "filename", filename), source),
  });
  const files: Omit<Files, "addAndWait"> = {
    list: (collectionId, options) =>
      ask(http, options, () => ({
        request: {
          operation: "listFiles",
          task: `list the files of ${within(collectionId).collection}`,
          method: "GET",
          effect: "safe",
          ...ofAll(collectionId),
        },
        shape: all,
        result: (answer) => answer.files.map(toFile),
      })),
    get: (collectionId, fileId, options) =>
      ask(http, options, () => ({
        request: {
          operation: "getFile",
          task: `get ${about(collectionId, fileId)}`,
          method: "GET",
          effect: "safe",
          ...ofOne(collectionId, fileId),
        },
        shape: one,
        result: (answer) => toFile(answer.file),
      })),
    add: (collectionId, file, options) =>
      ask(http, options, async () => ({
        request: await upload(collectionId, file),
        shape: made,
        result: (answer) => toFile(answer.file),
      })),
    delete: (collectionId, fileId, options) =>
      remove(http, options, () => ({
        operation: "deleteFile",
        task: `delete ${about(collectionId, fileId)}`,
        mayBeRefused: "delete the collection, which takes its files with it",
        ...ofOne(collectionId, fileId),
      })),
  };
  return { ...files, addAndWait: addAndWait(files, http.settings) };
}

function toFile({ id, filename, status, items, tokens, error }: Wire): File {
  const file = { id, filename, status, items, tokens };
  return typeof error === "string" ? { ...file, error } : file;
}
