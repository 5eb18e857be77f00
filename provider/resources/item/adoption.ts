import { sha256 } from "../../hash.js";
import type { Context } from "../../lifecycle.js";
import { readDescription } from "../../marker.js";
import { unlessNotFound } from "../../not-found.js";
import type { WholeItem } from "./left-behind.js";
import type { Inputs } from "./schema.js";

/**
 * The existing item that the inputs say to take over; nothing where a new one is wanted, as it always is for other
 * content than the one that the resource began with.
 *
 * @throws Error where there is no such item, or its content, which the API cannot change, is not the declared one.
 */
export async function adopted({ client, log }: Context, { adopt, collectionId, contentHash, generation, owner }: Inputs): Promise<WholeItem | undefined> {
  if (adopt === undefined || generation > 0) return undefined;
  const item = await unlessNotFound(client.items.get(collectionId, adopt));
  if (!item) throw new Error(`adopt: there is no item "${adopt}" in the collection "${collectionId}" to take over. To make a new one, leave it out.`);
  if (sha256(item.content) !== contentHash) {
    throw new Error(
      `adopt: the item "${adopt}" has another content than the one that is declared, and the API cannot change it. ` +
        `Declare its content as it is, or leave adopt out to make a new item.`,
    );
  }
  const { marker } = readDescription(item.description);
  if (marker && marker.owner !== owner) log.warn(`The item "${collectionId}/${adopt}" was managed by another resource, and this one takes it over: declare it once only.`);
  return item;
}
