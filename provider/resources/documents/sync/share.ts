import type { Context } from "../../../session/context.js";
import { isRefusal } from "../../../api/create-once.js";
import { bears } from "../../../ownership/claim.js";
import { sameText } from "../../../ownership/comparable.js";
import { readDescription } from "../../../ownership/tag.js";
import { grouped, keyText } from "../plan.js";
import { othersOf, proven, type Have, type Target } from "./have.js";
import type { Kept } from "./kept.js";
import { each } from "../../../api/pool.js";
import { descriptionOf, titleOf, type Want } from "./want.js";

/** A chunk that is wanted, and an item that is as it is to be, but of another state. */
export interface Shareable {
  readonly want: Want;
  readonly have: Have;
}

/**
 * Finds items that another state manages and that are just what is wanted: the state of this resource was lost, or another
 * stack of the same name has the same documents. A tag alone can be written by anybody, so contents are read.
 */
export async function shareable(context: Context, target: Target, want: readonly Want[], others: readonly Have[]): Promise<readonly Shareable[]> {
  if (others.length === 0) return [];
  const byKey = grouped(others, keyText);
  const pairs = want.flatMap((one) => {
    const have = byKey.get(keyText(one))?.find(({ description }) => sameText(readDescription(description).title, titleOf(one)));
    return have ? [{ want: one, have }] : [];
  });
  const certain = new Set((await proven(context, target, pairs.map(({ have }) => have))).map(({ id }) => id));
  return pairs.filter(({ have }) => certain.has(have.id));
}

/**
 * Puts this resource's claim beside those of others. Nothing is embedded twice, and none can delete it from under the other.
 *
 * @returns what is shared now; what the API does not let be is missing.
 * @throws VultrInferenceError where that cannot be told now.
 */
export async function share(context: Context, target: Target, pairs: readonly Shareable[]): Promise<readonly Kept[]> {
  const shared: Kept[] = [];
  await each(context, pairs, async ({ want, have }) => {
    try {
      const item = await context.client.items.update(target.collectionId, have.id, { description: descriptionOf(target, want, othersOf(target, have)) });
      const { id, created, description } = item;
      if (id === have.id && bears(readDescription(description).tag, target.claimant)) shared.push({ name: want.name, want, id, created, description });
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  });
  return shared;
}
