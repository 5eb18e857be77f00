import type { Client, ItemSummary } from "../../client/index.js";
import { sha256 } from "../../hash.js";
import { readDescription, sameMarker, type ItemMarker } from "../../marker.js";
import { unlessNotFound } from "../../not-found.js";

/** An item with its content, as a request for this one item answers it. */
export interface WholeItem extends ItemSummary {
  readonly content: string;
}

type Items = ReadonlyMap<string, ItemSummary>;

/**
 * The item that was made for this very resource and content, but whose answer nobody got: found by its marker, proven by
 * its content.
 */
export async function leftBehind(client: Client, collectionId: string, marker: ItemMarker, items: Items): Promise<WholeItem | undefined> {
  for await (const item of ours(client, collectionId, items, (found) => sameMarker(found, marker))) return item;
  return undefined;
}

/**
 * Deletes what an interrupted run made for this resource out of content that the program has changed since. The state
 * never knew of it, and its generation says that it is no earlier item of the resource.
 */
export async function removeOutdated(client: Client, collectionId: string, marker: ItemMarker, items: Items): Promise<void> {
  const outdated = (found: ItemMarker): boolean =>
    found.owner === marker.owner && found.generation === marker.generation && found.hash !== marker.hash;
  for await (const { id } of ours(client, collectionId, items, outdated)) await unlessNotFound(client.items.delete(collectionId, id));
}

/** Items whose marker is wanted and whose content is the one that their marker names. */
async function* ours(client: Client, collectionId: string, items: Items, wanted: (marker: ItemMarker) => boolean): AsyncGenerator<WholeItem> {
  for (const { id, description } of items.values()) {
    const { marker } = readDescription(description);
    if (!marker || !wanted(marker)) continue;
    const item = await unlessNotFound(client.items.get(collectionId, id));
    if (item && sha256(item.content).startsWith(marker.hash)) yield item;
  }
}
