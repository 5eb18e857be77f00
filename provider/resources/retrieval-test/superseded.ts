import type { ItemSummary } from "../../client/index.js";
import { readDescription } from "../../marker.js";
import { readPieceDescription } from "../../piece-marker.js";

/**
 * The items that a replaced resource has left for the engine to delete in the end of the deployment: others have the mark
 * of the same resource in a later generation. An answer out of them would be none tomorrow.
 */
export function supersededIn(items: Iterable<ItemSummary>): ReadonlySet<string> {
  const marked = [...items].flatMap(({ id, description }) => {
    const marker = readDescription(description).marker ?? readPieceDescription(description).marker;
    return marker ? [{ id, owner: marker.owner, generation: marker.generation }] : [];
  });
  const latest = new Map<string, number>();
  for (const { owner, generation } of marked) latest.set(owner, Math.max(generation, latest.get(owner) ?? 0));
  return new Set(marked.filter(({ owner, generation }) => generation < (latest.get(owner) ?? 0)).map(({ id }) => id));
}
