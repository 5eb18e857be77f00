import { collectionId } from "../inputs/arguments.js";
import { defineFunction } from "./function.js";

/** Which collection to look up. */
export interface GetCollectionArgs {
  /** The collection's id: the API made it of its first name, and a rename keeps it. */
  readonly collectionId: string;
}

/** A collection as it is now. */
export interface GetCollectionResult {
  /** The id, as arguments named `collectionId` take it. */
  readonly id: string;
  /** The name that people see. */
  readonly name: string;
  /** When the API made it: ISO 8601. Not there where the API does not say. */
  readonly created?: string | undefined;
}

/** Looks up a collection by its id. */
export const getCollection = defineFunction<GetCollectionArgs, GetCollectionResult>({
  name: "getCollection",
  args: { collectionId },
  run: ({ client }, args) => client.collections.get(args.collectionId),
});
