import type { ItemSummary } from "../../../client/index.js";
import type { Context } from "../../../lifecycle.js";
import { unlessNotFound } from "../../../not-found.js";
import { documentKey, pieceHash, readPieceDescription, type PieceMarker } from "../../../piece-marker.js";
import type { Ledger } from "../ledger.js";
import { withOccurrences, type PieceKey } from "../plan.js";
import { each } from "./pool.js";

/** An item of the collection that is provably a piece of this resource. */
export interface Have extends PieceKey {
  readonly id: string;
  readonly created: string;
  readonly description: string;
}

/** What the collection holds of a resource. */
export interface Holdings {
  /** The oldest first, so that of two with the same key every run keeps the same. */
  readonly pieces: readonly Have[];
  /** Items of the resource whose content is not what they were made of. */
  readonly spoiled: readonly string[];
}

/** Whose pieces are looked for. */
export interface Target {
  readonly collectionId: string;
  readonly owner: string;
  readonly generation: number;
}

/**
 * Finds a resource's own items. Those that its ledger names are its own; any other with its mark is only if its content is
 * the one that the mark stands for, since anybody can write a description.
 */
export async function holdings(context: Context, target: Target, ledger: Ledger, items: ReadonlyMap<string, ItemSummary>): Promise<Holdings> {
  const spoiled: string[] = [];
  const missing: Have[] = [];
  const pieces: Have[] = [];
  const recorded = new Set<string>();
  for (const piece of recordedPieces(ledger)) {
    recorded.add(piece.id);
    const item = items.get(piece.id);
    if (piece.isOther) spoiled.push(piece.id);
    else if (item) pieces.push({ ...piece, created: item.created, description: item.description });
    else missing.push({ ...piece, created: "", description: "" });
  }
  pieces.push(...(await lagging(context, target, missing)));
  const unrecorded = markedItems(target, items.values()).filter(({ id }) => !recorded.has(id));
  pieces.push(...(await proven(context, target, unrecorded)));
  return { pieces: pieces.sort(byAge), spoiled };
}

function recordedPieces(ledger: Ledger): (PieceKey & { readonly id: string; readonly isOther?: true | undefined })[] {
  const all = Array.from(ledger).flatMap(([name, { pieces }]) => {
    const document = documentKey(name);
    return pieces.map(({ itemId, hash, isOther }) => ({ id: itemId, document, hash, isOther }));
  });
  return withOccurrences(all);
}

/** Items that bear the mark of a resource. */
export function markedItems({ owner, generation }: Omit<Target, "collectionId">, items: Iterable<ItemSummary>): (ItemSummary & PieceKey)[] {
  const found: (ItemSummary & PieceKey)[] = [];
  for (const item of items) {
    const { marker } = readPieceDescription(item.description);
    if (marker?.owner === owner && marker.generation === generation) found.push({ ...item, ...keyOf(marker) });
  }
  return found;
}

function keyOf({ document, hash, occurrence }: PieceMarker): PieceKey {
  return { document, hash, occurrence };
}

/** Those of marked items whose content is the one that their mark stands for. */
export async function proven(context: Context, { collectionId }: Target, marked: readonly Have[]): Promise<Have[]> {
  const found: Have[] = [];
  await each(context.concurrency, marked, async (piece) => {
    const item = await unlessNotFound(context.client.items.get(collectionId, piece.id));
    if (item && pieceHash(item.content) === piece.hash) found.push(piece);
  });
  return found;
}

/** So many are asked for one by one before all that a list lacks counts as gone. */
const SAMPLE = 3;

/** Those of recorded pieces that are there all the same: a list may lag behind what was answered already. */
async function lagging(context: Context, { collectionId }: Target, missing: readonly Have[]): Promise<Have[]> {
  const found: Have[] = [];
  const look = async (piece: Have): Promise<void> => {
    const item = await unlessNotFound(context.client.items.get(collectionId, piece.id));
    if (item) found.push({ ...piece, created: item.created, description: item.description });
  };
  await each(context.concurrency, missing.slice(0, SAMPLE), look);
  if (found.length > 0) await each(context.concurrency, missing.slice(SAMPLE), look);
  return found;
}

export function byAge(a: Have, b: Have): number {
  return a.created === b.created ? (a.id < b.id ? -1 : Number(a.id > b.id)) : a.created < b.created ? -1 : 1;
}
