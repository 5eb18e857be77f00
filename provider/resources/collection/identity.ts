import type { Collection } from "../../client/index.js";
import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { sameInstant } from "../../ownership/comparable.js";
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
  const { client, places } = context;
  const place = placeIn(state);
  const isOwn = ({ created }: Collection): boolean => (created === undefined || state.created === undefined ? places.isHere(place) : sameInstant(created, state.created));
  // One answer may come from a copy of the API that lags behind: of what is missing in one, the list is asked, too.
  const found = (await unlessNotFound(client.collections.get(id))) ?? (await client.collections.list()).find((collection) => collection.id === id);
  if (found !== undefined && isOwn(found)) {
    context.places.found(place);
    return found;
  }
  await requireAbsence(context, `collection "${id}"`, place);
  if (found !== undefined) {
    await context.report(
      `The collection "${id}" of this stack was deleted, and another one has its id since ${found.created ?? "then"}${context.confidential ? "" : ` (named "${found.name}")`}. It is not this stack's, and was left as it is. ` +
        `To manage it, set adopt: "${id}".`,
      { severity: "warning" },
    );
  }
  return undefined;
}
