import { type ApiPromise, mapped } from "../client/api-promise.js";
import type { Client, File, ItemSummary } from "../client/index.js";
import { NotFoundError } from "../client/http/errors.js";
import type { Timer } from "./interruption.js";
import { Lists } from "./lists.js";

/** The lists of an account, which all clients of it share. */
export interface AccountLists {
  readonly items: Lists<ItemSummary>;
  readonly files: Lists<File>;
}

/** @param client answers the lists. */
export function accountLists(client: Client, clock: Timer): AccountLists {
  return {
    items: new Lists<ItemSummary>(
      (collectionId) => witnessed(client, collectionId, (id) => client.items.list(id)),
      clock,
    ),
    files: new Lists<File>((collectionId) => witnessed(client, collectionId, (id) => client.files.list(id)), clock),
  };
}

/** Lists what is in a collection. That the collection is not found is not believed where the API lists it. */
async function witnessed<T>(
  client: Client,
  collectionId: string,
  list: (collectionId: string) => Promise<T>,
): Promise<T> {
  try {
    return await list(collectionId);
  } catch (error) {
    if (!NotFoundError.isInstance(error) || !(await client.collections.list()).some(({ id }) => id === collectionId))
      throw error;
  }
  try {
    return await list(collectionId);
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    throw new Error(
      `The API lists the collection "${collectionId}", but says that it does not find it. Nothing is concluded ` +
        `from that: run "pulumi up" again in a moment.`,
      { cause: error },
    );
  }
}

/** A client that tells lists what it writes. */
export function tellingLists(bare: Client, { items, files }: AccountLists): Client {
  return {
    ...bare,
    items: {
      ...bare.items,
      add: (collectionId, args, options) =>
        noting(bare.items.add(collectionId, args, options), ({ item }) =>
          items.wrote(collectionId, item.id, summaryOf(item)),
        ),
      update: (collectionId, itemId, args, options) =>
        noting(bare.items.update(collectionId, itemId, args, options), (item) =>
          items.wrote(collectionId, itemId, summaryOf(item)),
        ),
      delete: (collectionId, itemId, options) =>
        noting(bare.items.delete(collectionId, itemId, options), () => items.wrote(collectionId, itemId, undefined)),
    },
    files: {
      ...bare.files,
      add: (collectionId, file, options) =>
        noting(bare.files.add(collectionId, file, options), (added) => files.wrote(collectionId, added.id, added)),
      delete: (collectionId, fileId, options) =>
        noting(bare.files.delete(collectionId, fileId, options), () => files.wrote(collectionId, fileId, undefined)),
    },
  };
}

function noting<Result>(operation: ApiPromise<Result>, note: (result: Result) => void): ApiPromise<Result> {
  return mapped(operation, (result) => {
    note(result);
    return result;
  });
}

function summaryOf({ id, created, description }: ItemSummary): ItemSummary {
  return { id, created, description };
}
