import { collectionId, text } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** Which file to look up. */
export interface GetFileArgs {
  /** The id of the collection that holds the file. */
  readonly collectionId: string;
  /** The file's id within its collection. */
  readonly fileId: string;
}

/** A file as it is now. The API does not give its bytes back. */
export interface GetFileResult {
  /** The id within the collection. */
  readonly id: string;
  /** The name it was uploaded under. */
  readonly filename: string;
  /** How far ingestion is, in the API's words: known are `enqueued`, `processing`, `completed` and `failed`. */
  readonly status: string;
  /** Items made from it so far. */
  readonly items: number;
  /** Tokens embedded from it so far. */
  readonly tokens: number;
  /** Why ingestion failed, where it did and the API says so. */
  readonly error?: string;
}

/** Looks up a file. */
export const getFile = defineFunction<GetFileArgs, GetFileResult>({
  name: "getFile",
  args: { collectionId, fileId: text("the id of a file") },
  run: ({ client }, args) => client.files.get(args.collectionId, args.fileId),
});
