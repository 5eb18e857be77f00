import { collectionId } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";
import type { GetFileResult } from "./get-file.js";

/** Whose files to list. */
export interface ListFilesArgs {
  /** The id of the collection. */
  readonly collectionId: string;
}

/** The files of a collection. */
export interface ListFilesResult {
  /** All of them, in the API's order. */
  readonly files: readonly GetFileResult[];
}

/** Lists the files of a collection. */
export const listFiles = defineFunction<ListFilesArgs, ListFilesResult>({
  name: "listFiles",
  args: { collectionId },
  run: async ({ client }, args) => ({ files: await client.files.list(args.collectionId) }),
});
