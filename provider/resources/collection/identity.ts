import type { Collection } from "../../client/index.js";
import type { Context } from "../../lifecycle.js";
import { unlessNotFound } from "../../not-found.js";
import { placeIn, requireAbsence } from "../../ownership/place.js";
import type { State } from "./schema.js";

/**
 * Finds the collection of a state, and not another one that has got its id: the API makes ids of names, so that a later
 * collection can have the same one.
 *
 * @returns nothing where the one of the state is gone for certain.
 * @throws Error where that cannot be told: see `requireAbsence`.
 */
export async function findOwn(context: Context, id: string, state: Partial<State>): Promise<Collection | undefined> {
  const found = await unlessNotFound(context.client.collections.get(id));
  const place = placeIn(state);
  const isSame = found !== undefined && (found.created === undefined || state.created === undefined ? context.places.isHere(place) : found.created === state.created);
  if (isSame) {
    context.places.found(place);
    return found;
  }
  await requireAbsence(context, `collection "${id}"`, place);
  if (found !== undefined) {
    await context.report(
      `The collection "${id}" of this stack was deleted, and another one has its id since ${found.created ?? "then"} (named "${found.name}"). It is not this stack's, and was left as it is. ` +
        `To manage it, set adopt: "${id}".`,
      { severity: "warning" },
    );
  }
  return undefined;
}
