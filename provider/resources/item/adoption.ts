import { sha256 } from "../../inputs/hash.js";
import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { comparable } from "../../ownership/comparable.js";
import { readDescription, sameOwner } from "../../ownership/tag.js";
import { ofOwner } from "../../ownership/tagged.js";
import type { Inputs } from "./schema.js";
import type { WholeItem } from "./state.js";

/**
 * The existing item that the inputs say to take over; nothing where a new one is wanted, as it always is where this takes
 * the place of an earlier item of the resource.
 *
 * @throws Error where there is no such item, or its content, which the API cannot change, is not the declared one.
 */
export async function adopted(context: Context, inputs: Inputs, text: string): Promise<WholeItem | undefined> {
  const { adopt, collectionId, contentHash, owner } = inputs;
  const { client, log, ownership, items } = context;
  if (adopt === undefined || ownership.isKnown(owner)) return undefined;
  const item = await unlessNotFound(client.items.get(collectionId, adopt));
  const { tag } = item ? readDescription(item.description) : {};
  const isOfThis = tag !== undefined && sameOwner(tag, inputs);
  const isDeclared = item !== undefined && (sha256(item.content) === contentHash || comparable(item.content) === comparable(text));
  if (isDeclared) {
    if (tag && !isOfThis) log.warn(`The item "${collectionId}/${adopt}" was managed by another resource, and this one takes it over: declare it once only.`);
    return item;
  }
  // A targeted replacement is not announced: that an item of this resource is there tells as much.
  if (isOfThis || ofOwner((await items.recent(collectionId)).values(), owner, "item").length > 0) return undefined;
  if (!item) throw new Error(`adopt: there is no item "${adopt}" in the collection "${collectionId}" to take over. To make a new one, leave it out.`);
  throw new Error(
    `adopt: the item "${adopt}" has another content than the one that is declared, and the API cannot change it. ` +
      `Declare its content as it is, or leave adopt out to make a new item.`,
  );
}
