import type { ItemSummary } from "../../client/index.js";
import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { bears, othersIn, type Claimant } from "../../ownership/claim.js";
import { comparableHash } from "../../ownership/comparable.js";
import { documentKey, readDescription, sameHash, sameOwner, type Tag } from "../../ownership/tag.js";
import { tagged, type TaggedItem } from "../../ownership/tagged.js";
import { idsIn, type Manifest } from "./manifest.js";
import { withOccurrences, type ChunkKey } from "./plan.js";
import { each } from "../../api/pool.js";

/** An item of the collection that is a chunk of this resource. */
export interface ObservedChunk extends ChunkKey {
  readonly id: string;
  readonly created: string;
  readonly description: string;
  /** Not there where somebody has taken it away. */
  readonly tag?: Tag | undefined;
}

/** What the collection holds of a resource. */
export interface Observed {
  readonly items: Items;
  /** The oldest first, so that of two with the same key every run keeps the same. */
  readonly chunks: readonly ObservedChunk[];
  /** Items of the resource whose content is not what they were made of. */
  readonly mismatched: readonly ObservedChunk[];
  /** Items tagged as this resource's without its claim: another state manages them, or none any more. */
  readonly others: readonly ObservedChunk[];
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

/** A list of a collection. */
type Items = ReadonlyMap<string, ItemSummary>;

/**
 * Finds a resource's own items. Those that its manifest names are its own as long as no other resource has taken them
 * over; any other is only with its claim, and if its content is the one that the tag stands for, since anybody can copy
 * a description.
 *
 * @param first how old the list may be. @throws NotFoundError where there is no such collection.
 */
export async function observe(
  context: Context,
  target: Target,
  manifest: Manifest,
  first: "recent" | "fresh" = "fresh",
): Promise<Observed> {
  const { items: listed, isCurrent } = await listRecorded(context, target.collectionId, idsIn(manifest), first);
  // As it is now: what is written meanwhile comes into the shared list.
  const items = new Map(listed);
  const mismatched: ObservedChunk[] = [];
  const missing: ObservedChunk[] = [];
  const chunks: ObservedChunk[] = [];
  const recorded = new Set<string>();
  for (const { isOther, ...chunk } of recordedChunks(manifest)) {
    recorded.add(chunk.id);
    const item = items.get(chunk.id);
    if (!item && !isOther) missing.push({ ...chunk, created: "", description: "" });
    const known = item && {
      ...chunk,
      created: item.created,
      description: item.description,
      tag: readDescription(item.description).tag,
    };
    if (known && !isTaken(target, known.tag)) (isOther ? mismatched : chunks).push(known);
  }
  if (!isCurrent) chunks.push(...(await lagging(context, target, missing)));
  const unrecorded = taggedChunks(items.values()).filter(({ id }) => !recorded.has(id));
  chunks.push(
    ...(await proven(
      context,
      target,
      unrecorded.filter(({ tag }) => isOwn(target, tag)),
    )),
  );
  const others = unrecorded.filter(({ tag }) => tag !== undefined && sameOwner(tag, target) && !isOwn(target, tag));
  return { items, chunks: chunks.sort(byAge), mismatched, others: others.sort(byAge) };
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
export function othersOf(
  { claimant }: Pick<Target, "claimant">,
  { tag }: Pick<ObservedChunk, "tag">,
): readonly string[] {
  return othersIn(tag, claimant);
}

function recordedChunks(
  manifest: Manifest,
): (ChunkKey & { readonly id: string; readonly isOther?: true | undefined })[] {
  const all = Array.from(manifest).flatMap(([name, { chunks }]) => {
    const document = documentKey(name);
    return chunks.map(({ itemId, hash, isOther }) => ({ id: itemId, document, hash, isOther }));
  });
  return withOccurrences(all);
}

/** The items that are tagged as chunks of documents, whosever. */
export function taggedChunks(items: Iterable<ItemSummary>): ObservedChunk[] {
  return tagged(items).flatMap(chunkOf);
}

function chunkOf({ id, created, description, tag }: TaggedItem): ObservedChunk[] {
  return tag.chunk === undefined ? [] : [{ id, created, description, tag, hash: tag.hash, ...tag.chunk }];
}

/** Those of tagged items whose content is the one that their tag stands for. */
export async function proven(
  context: Context,
  { collectionId }: Pick<Target, "collectionId">,
  chunks: readonly ObservedChunk[],
): Promise<ObservedChunk[]> {
  const found: ObservedChunk[] = [];
  await each(context, chunks, async (chunk) => {
    const item = await unlessNotFound(context.client.items.get(collectionId, chunk.id));
    if (item && sameHash(comparableHash(item.content), chunk.hash)) found.push(chunk);
  });
  return found;
}

/** Those of recorded chunks that are there although the list goes on to lack them. */
async function lagging(context: Context, target: Target, missing: readonly ObservedChunk[]): Promise<ObservedChunk[]> {
  const found: ObservedChunk[] = [];
  await each(context, missing, async (chunk) => {
    const item = await unlessNotFound(context.client.items.get(target.collectionId, chunk.id));
    const tag = item && readDescription(item.description).tag;
    if (item && !isTaken(target, tag))
      found.push({ ...chunk, created: item.created, description: item.description, tag });
  });
  return found;
}

/** So many of the chunks that a list lacks are asked for one by one before all of them count as gone. */
const SAMPLE = 3;

/** Lists a collection until the list shows what is recorded and there. */
async function listRecorded(
  context: Context,
  collectionId: string,
  recorded: ReadonlySet<string>,
  first: "recent" | "fresh",
): Promise<Listing> {
  const list = (attempt: number): Promise<Items> => context.items[attempt === 1 ? first : "fresh"](collectionId);
  return listUntil(context, list, async (items) => {
    const missing = [...recorded].filter((id) => !items.has(id)).slice(0, SAMPLE);
    const found = await Promise.all(missing.map((id) => unlessNotFound(context.client.items.get(collectionId, id))));
    return found.every((item) => item === undefined);
  });
}

/**
 * The collection's items once the list shows those that are known to be there; nothing where it does not get so far.
 *
 * @param latest a list that was asked for already.
 */
export async function listShowing(
  context: Context,
  collectionId: string,
  known: ReadonlySet<string>,
  latest?: Items,
): Promise<Items | undefined> {
  const list = (attempt: number): Promise<Items> =>
    attempt === 1 && latest ? Promise.resolve(latest) : context.items.fresh(collectionId);
  const { items, isCurrent } = await listUntil(context, list, (items) => [...known].every((id) => items.has(id)));
  return isCurrent ? items : undefined;
}

interface Listing {
  readonly items: Items;
  readonly isCurrent: boolean;
}

/** How often a list is asked for that lags behind. */
const TRIES = 4;
/** In milliseconds. */
const PAUSE = 1_000;

/** Waits for a list that lags behind: the last one, and whether it caught up. */
async function listUntil(
  { clock }: Context,
  list: (attempt: number) => Promise<Items>,
  isCurrent: (items: Items) => boolean | Promise<boolean>,
): Promise<Listing> {
  for (let attempt = 1; ; attempt++) {
    const items = await list(attempt);
    if (await isCurrent(items)) return { items, isCurrent: true };
    if (attempt === TRIES) return { items, isCurrent: false };
    await clock.sleep(PAUSE * attempt);
  }
}

export function byAge(a: Pick<ObservedChunk, "id" | "created">, b: Pick<ObservedChunk, "id" | "created">): number {
  return a.created === b.created ? (a.id < b.id ? -1 : Number(a.id > b.id)) : a.created < b.created ? -1 : 1;
}
