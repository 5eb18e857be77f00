import { VultrInferenceError } from "../../../client/index.js";
import type { Context } from "../../../lifecycle.js";
import { unlessNotFound } from "../../../not-found.js";
import { keyText } from "../plan.js";
import { byAge, markedItems, proven, type Have, type Target } from "./have.js";

/**
 * Ends with one item for each piece, also where another run of the same resource has uploaded the same at the same time:
 * both keep the oldest.
 *
 * @param mine what this run takes to be there. @returns what is there in its place, by the id that it stands in for.
 */
export async function settleDuplicates(context: Context, target: Target, mine: readonly Have[]): Promise<ReadonlyMap<string, Have>> {
  const replaced = new Map<string, Have>();
  try {
    const own = new Map(mine.map((piece) => [keyText(piece), piece]));
    const ids = new Set(mine.map(({ id }) => id));
    const marked = markedItems(target, (await context.items.fresh(target.collectionId)).values());
    const others = await proven(context, target, marked.filter((item) => !ids.has(item.id) && own.has(keyText(item))));
    for (const [key, piece] of own) {
      const [first, ...rest] = [piece, ...others.filter((other) => keyText(other) === key)].sort(byAge);
      if (first === undefined || rest.length === 0) continue;
      if (first.id !== piece.id) replaced.set(piece.id, first);
      for (const { id } of rest) await unlessNotFound(context.client.items.delete(target.collectionId, id));
    }
  } catch (error) {
    if (!VultrInferenceError.isInstance(error)) throw error;
    // All that is declared is there. What may be there twice is found by the next deployment.
    context.log.info(`Whether another run has uploaded the same documents could not be told: ${error.message}`);
  }
  return replaced;
}
