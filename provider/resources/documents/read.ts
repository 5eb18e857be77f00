import type { Context } from "../../session/context.js";
import type { Found } from "../../pulumi/lifecycle.js";
import { unlessNotFound } from "../../api/not-found.js";
import { claimantIn } from "../../ownership/claim.js";
import { placeIn, requireAbsence } from "../../ownership/place.js";
import { compare, verified } from "./drift.js";
import { idsIn, readManifest, writeIds, writeManifest } from "./manifest.js";
import { observe } from "./observe.js";
import type { State } from "./schema.js";
import { managedOnce, unmanagedOf } from "./sync/unmanaged.js";

/**
 * Compares the collection with the manifest, for one list whatever the size, unless something is missing or contents
 * are to be read.
 */
export async function read(context: Context, id: string, state: Partial<State>): Promise<Found<State>> {
  if (!isWhole(state))
    throw new Error(
      `There are no documents "${id}" to read: they exist in the stack that declares them. Leave the option id out.`,
    );
  const { collectionId, owner } = state;
  const manifest = readManifest(state.manifest);
  const recorded = idsIn(manifest);
  const target = { collectionId, owner, claimant: claimantIn(state) };
  const observed = await unlessNotFound(observe(context, target, manifest, "recent"));
  if (!observed) {
    await requireAbsence(context, `collection "${collectionId}" with its documents`, placeIn(state));
    return "not-found";
  }
  const { items } = observed;
  if ([...recorded].some((itemId) => items.has(itemId))) context.places.found(placeIn(state));
  else if (recorded.size > 0) await requireAbsence(context, `documents "${id}"`, placeIn(state));
  const read =
    state.verify === "tags" ? manifest : await verified(context, collectionId, manifest, items, state.verify);
  const drift = compare(target, read, observed);
  const once = managedOnce(state, items, recorded);
  const unmanaged =
    state.unmanaged === "ignore" ? undefined : await unmanagedOf(context, collectionId, items.values(), recorded, once);
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

function isWhole(state: Partial<State>): state is State {
  return state.manifest !== undefined && state.collectionId !== undefined;
}
