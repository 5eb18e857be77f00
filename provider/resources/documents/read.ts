import type { ItemSummary } from "../../client/index.js";
import type { Context } from "../../session/context.js";
import type { Found } from "../../pulumi/lifecycle.js";
import { unlessNotFound } from "../../api/not-found.js";
import { claimantIn } from "../../ownership/claim.js";
import { placeIn, requireAbsence } from "../../ownership/place.js";
import { compare, verified, withoutImitations } from "./drift.js";
import { readManifest, writeIds, writeManifest, type Manifest } from "./manifest.js";
import type { State } from "./schema.js";
import { managedOnce, unmanagedOf } from "./sync/unmanaged.js";

/** How often a list is asked for again that lags behind what it must show. */
const TRIES = 4;
/** In milliseconds. */
const PAUSE = 1_000;
/** So many of the chunks that a list lacks are asked for one by one. */
const SAMPLE = 3;

/** Compares the collection with the manifest, for one list whatever the size, unless something is missing or contents are to be read. */
export async function read(context: Context, id: string, state: Partial<State>): Promise<Found<State>> {
  if (!isWhole(state)) throw new Error(`There are no documents "${id}" to read: they exist in the stack that declares them. Leave the option id out.`);
  const { collectionId, owner } = state;
  const manifest = readManifest(state.manifest);
  const recorded = idsOf(manifest);
  const items = await listed(context, state, recorded);
  if (!items) {
    await requireAbsence(context, `collection "${collectionId}" with its documents`, placeIn(state));
    return "not-found";
  }
  if (recorded.some((itemId) => items.has(itemId))) context.places.found(placeIn(state));
  else if (recorded.length > 0) await requireAbsence(context, `documents "${id}"`, placeIn(state));
  const target = { collectionId, owner, claimant: claimantIn(state) };
  const read = state.verify === "tags" ? manifest : await verified(context, collectionId, manifest, items, state.verify);
  const drift = compare(target, read, await withoutImitations(context, target, manifest, items));
  const own = new Set(recorded);
  const once = managedOnce(state, items, own);
  const unmanaged = state.unmanaged === "ignore" ? undefined : await unmanagedOf(context, collectionId, items.values(), own, once);
  const ids = (unmanaged?.items ?? []).map((item) => item.id);
  const found = {
    ...state,
    ...(read !== manifest && { manifest: writeManifest(read) }),
    drift: drift.found(state.confidential === true),
    unmanagedItems: unmanaged?.count,
    managedIds: state.unmanaged === "prune" && once.size > 0 ? writeIds([...once]) : undefined,
    unmanagedIds: ids.length === 0 ? undefined : writeIds(ids),
    ...context.places.current,
  };
  return { id, state: found };
}

function idsOf(manifest: Manifest): string[] {
  return Array.from(manifest.values()).flatMap(({ chunks }) => chunks.map(({ itemId }) => itemId));
}

function isWhole(state: Partial<State>): state is State {
  return state.manifest !== undefined && state.collectionId !== undefined;
}

/** The collection's items; nothing where it is gone. A list that lacks what one request finds is asked for again. */
async function listed(context: Context, state: State, recorded: readonly string[]): Promise<ReadonlyMap<string, ItemSummary> | undefined> {
  let items = await unlessNotFound(context.items.recent(state.collectionId));
  for (let attempt = 1; items && attempt < TRIES; attempt++) {
    const missing = recorded.filter((itemId) => !items?.has(itemId));
    if (missing.length === 0 || !(await isLagging(context, state.collectionId, missing))) return items;
    await context.clock.sleep(PAUSE * attempt);
    items = await unlessNotFound(context.items.fresh(state.collectionId));
  }
  return items;
}

async function isLagging({ client }: Context, collectionId: string, missing: readonly string[]): Promise<boolean> {
  const found = await Promise.all(missing.slice(0, SAMPLE).map((itemId) => unlessNotFound(client.items.get(collectionId, itemId))));
  return found.some((item) => item !== undefined);
}
