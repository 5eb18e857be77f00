import { createHash } from "node:crypto";

/**
 * The mark in front of an item's description that says which resource manages it. An interrupted deployment finds its
 * own items by it, and a person who browses the collection sees what they belong to.
 *
 * `[vi:i:<owner>:<generation>:<hash>] <title>`: at most 48 ASCII characters before the title.
 */
export interface ItemMarker {
  /** Names the managing resource: twelve characters made from its URN by `ownerOf`. */
  readonly owner: string;
  /** How many times the resource's item has been replaced, so that the item in place is never mistaken for its successor. */
  readonly generation: number;
  /** The first twelve hexadecimal digits of the SHA-256 of the item's content. */
  readonly hash: string;
}

const PATTERN = /^\[vi:i:([A-Za-z0-9_-]{12}):([0-9a-z]{1,8}):([0-9a-f]{12})\](?: |$)/u;

/** Twelve characters (72 bits) that stand for a resource's URN. */
export function ownerOf(urn: string): string {
  return createHash("sha256").update(urn, "utf8").digest("base64url").slice(0, 12);
}

/** The marker of an item with this content. */
export function itemMarker(owner: string, generation: number, contentHash: string): ItemMarker {
  return { owner, generation, hash: contentHash.slice(0, 12) };
}

/** Puts the marker in front of a title. */
export function withMarker(marker: ItemMarker, title: string): string {
  return `[vi:i:${marker.owner}:${marker.generation.toString(36)}:${marker.hash}] ${title}`.trimEnd();
}

/** Takes a description apart. Only what stands at its very beginning counts as a marker, so no title can imitate one. */
export function readDescription(description: string): { marker?: ItemMarker; title: string } {
  const match = PATTERN.exec(description);
  if (!match) return { title: description };
  const [whole, owner = "", generation = "0", hash = ""] = match;
  return { marker: { owner, generation: Number.parseInt(generation, 36), hash }, title: description.slice(whole.length) };
}

/** Whether two markers stand for the same resource, the same replacement and the same content. */
export function sameMarker(a: ItemMarker | undefined, b: ItemMarker): boolean {
  return a?.owner === b.owner && a.generation === b.generation && a.hash === b.hash;
}
