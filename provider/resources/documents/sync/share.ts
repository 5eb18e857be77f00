import type { Context } from "../../../session/context.js";
import { isRefusal } from "../../../api/create-once.js";
import { bears } from "../../../ownership/claim.js";
import { sameText } from "../../../ownership/comparable.js";
import { readDescription } from "../../../ownership/tag.js";
import { grouped, keyText, type Pair } from "../plan.js";
import { othersOf, proven, type ObservedChunk, type Target } from "../observe.js";
import { each } from "../../../api/pool.js";
import { descriptionOf, titleOf, type DesiredChunk, type SyncedChunk } from "../desire.js";

/** A chunk that is desired, and an item that is as it is to be, but of another state. */
type Shareable = Pair<ObservedChunk, DesiredChunk>;

/**
 * Finds items that another state manages and that are just what is wanted: the state of this resource was lost, or
 * another stack of the same name has the same documents. A tag alone can be written by anybody, so contents are read.
 */
export async function shareable(
  context: Context,
  target: Target,
  desired: readonly DesiredChunk[],
  others: readonly ObservedChunk[],
): Promise<readonly Shareable[]> {
  if (others.length === 0) return [];
  const byKey = grouped(others, keyText);
  const pairs = desired.flatMap((one) => {
    const observed = byKey
      .get(keyText(one))
      ?.find(({ description }) => sameText(readDescription(description).title, titleOf(one)));
    return observed ? [{ desired: one, observed }] : [];
  });
  const certain = new Set(
    (
      await proven(
        context,
        target,
        pairs.map(({ observed }) => observed),
      )
    ).map(({ id }) => id),
  );
  return pairs.filter(({ observed }) => certain.has(observed.id));
}

/**
 * Puts this resource's claim beside those of others. Nothing is embedded twice, and none can delete it from under the
 * other.
 *
 * @returns what is shared now; what the API does not let be is missing.
 * @throws VultrInferenceError where that cannot be told now.
 */
export async function share(
  context: Context,
  target: Target,
  pairs: readonly Shareable[],
): Promise<readonly SyncedChunk[]> {
  const shared: SyncedChunk[] = [];
  await each(context, pairs, async ({ desired, observed }) => {
    try {
      const item = await context.client.items.update(target.collectionId, observed.id, {
        description: descriptionOf(target, desired, othersOf(target, observed)),
      });
      const { id, created, description } = item;
      if (id === observed.id && bears(readDescription(description).tag, target.claimant))
        shared.push({ desired, id, created, description });
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  });
  return shared;
}
