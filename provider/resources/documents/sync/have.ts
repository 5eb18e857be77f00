import type { ItemSummary } from "../../../client/index.js";
import type { Context } from "../../../session/context.js";
import { unlessNotFound } from "../../../api/not-found.js";
import { bears, othersIn, type Claimant } from "../../../ownership/claim.js";
import { comparableHash } from "../../../ownership/comparable.js";
import { documentKey, readDescription, sameHash, sameOwner, type Tag } from "../../../ownership/tag.js";
import { tagged, type TaggedItem } from "../../../ownership/tagged.js";
import type { Manifest } from "../manifest.js";
import { withOccurrences, type ChunkKey } from "../plan.js";
import { each } from "../../../api/pool.js";

/** An item of the collection that is a chunk of this resource. */
export interface Have extends ChunkKey {
  readonly id: string;
  readonly created: string;
  readonly description: string;
  /** Not there where somebody has taken it away. */
  readonly tag?: Tag | undefined;
}

/** What the collection holds of a resource. */
export interface Holdings {
  /** The oldest first, so that of two with the same key every run keeps the same. */
  readonly chunks: readonly Have[];
  /** Items of the resource whose content is not what they were made of. */
  readonly mismatched: readonly Have[];
  /** Items tagged as this resource's without its claim: another state manages them, or none any more. */
  readonly others: readonly Have[];
}

/** Whose chunks are looked for. */
export interface Target {
  readonly collectionId: string;
  /** The owner that chunks are to have. */
  readonly owner: string;
  /** Whether what the chunks say is secret. */
  readonly secret?: true | undefined;
  /** What the state knows of itself. */
  readonly claimant: Claimant;
}

/**
 * Finds a resource's own items. Those that its manifest names are its own as long as no other resource has taken them over;
 * any other is only with its claim, and if its content is the one that the tag stands for, since anybody can copy a description.
 */
export async function holdings(context: Context, target: Target, manifest: Manifest, items: ReadonlyMap<string, ItemSummary>): Promise<Holdings> {
  const mismatched: Have[] = [];
  const missing: Have[] = [];
  const chunks: Have[] = [];
  const recorded = new Set<string>();
  for (const { isOther, ...chunk } of recordedChunks(manifest)) {
    recorded.add(chunk.id);
    const item = items.get(chunk.id);
    if (!item && !isOther) missing.push({ ...chunk, created: "", description: "" });
    const known = item && { ...chunk, created: item.created, description: item.description, tag: readDescription(item.description).tag };
    if (known && !isTaken(target, known.tag)) (isOther ? mismatched : chunks).push(known);
  }
  chunks.push(...(await lagging(context, target, missing)));
  const unrecorded = taggedChunks(items.values()).filter(({ id }) => !recorded.has(id));
  chunks.push(...(await proven(context, target, unrecorded.filter(({ tag }) => isOwn(target, tag)))));
  const others = unrecorded.filter(({ tag }) => tag !== undefined && sameOwner(tag, target) && !isOwn(target, tag));
  return { chunks: chunks.sort(byAge), mismatched, others: others.sort(byAge) };
}

/** Whether a tag proves that an item is this resource's. */
export function isOwn({ claimant }: Pick<Target, "claimant">, tag: Tag | undefined): boolean {
  return bears(tag, claimant);
}

/** Whether a tag says that another resource has taken an item over. */
export function isTaken(target: Pick<Target, "claimant">, tag: Tag | undefined): boolean {
  return tag !== undefined && !isOwn(target, tag);
}

/** The claims of those who manage an item besides this resource. */
export function othersOf({ claimant }: Pick<Target, "claimant">, { tag }: Pick<Have, "tag">): readonly string[] {
  return othersIn(tag, claimant);
}

function recordedChunks(manifest: Manifest): (ChunkKey & { readonly id: string; readonly isOther?: true | undefined })[] {
  const all = Array.from(manifest).flatMap(([name, { chunks }]) => {
    const document = documentKey(name);
    return chunks.map(({ itemId, hash, isOther }) => ({ id: itemId, document, hash, isOther }));
  });
  return withOccurrences(all);
}

/** The items that are tagged as chunks of documents, whosever. */
export function taggedChunks(items: Iterable<ItemSummary>): Have[] {
  return tagged(items).flatMap(chunkOf);
}

function chunkOf({ id, created, description, tag }: TaggedItem): Have[] {
  return tag.chunk === undefined ? [] : [{ id, created, description, tag, hash: tag.hash, ...tag.chunk }];
}

/** Those of tagged items whose content is the one that their tag stands for. */
export async function proven(context: Context, { collectionId }: Pick<Target, "collectionId">, chunks: readonly Have[]): Promise<Have[]> {
  const found: Have[] = [];
  await each(context, chunks, async (chunk) => {
    const item = await unlessNotFound(context.client.items.get(collectionId, chunk.id));
    if (item && sameHash(comparableHash(item.content), chunk.hash)) found.push(chunk);
  });
  return found;
}

/** So many are asked for one by one before all that a list lacks counts as gone. */
const SAMPLE = 3;

/** Those of recorded chunks that are there all the same: a list may lag behind what was answered already. */
async function lagging(context: Context, target: Target, missing: readonly Have[]): Promise<Have[]> {
  const found: Have[] = [];
  const look = async (chunk: Have): Promise<void> => {
    const item = await unlessNotFound(context.client.items.get(target.collectionId, chunk.id));
    const tag = item && readDescription(item.description).tag;
    if (item && !isTaken(target, tag)) found.push({ ...chunk, created: item.created, description: item.description, tag });
  };
  await each(context, missing.slice(0, SAMPLE), look);
  if (found.length > 0) await each(context, missing.slice(SAMPLE), look);
  return found;
}

export function byAge(a: Pick<Have, "id" | "created">, b: Pick<Have, "id" | "created">): number {
  return a.created === b.created ? (a.id < b.id ? -1 : Number(a.id > b.id)) : a.created < b.created ? -1 : 1;
}
