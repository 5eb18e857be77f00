import type { ItemSummary } from "../../../client/index.js";
import type { Context } from "../../../session/context.js";

/** How often a list is asked for. */
const TRIES = 4;
/** In milliseconds. */
const PAUSE = 1_000;

/**
 * The collection's items once the list shows those that are known to be there; nothing where it does not get so far.
 *
 * @param latest a list that was asked for already.
 */
export async function listShowing(context: Context, collectionId: string, known: ReadonlySet<string>, latest?: ReadonlyMap<string, ItemSummary>): Promise<ReadonlyMap<string, ItemSummary> | undefined> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const items = attempt === 1 && latest ? latest : await context.items.fresh(collectionId);
    if ([...known].every((id) => items.has(id))) return items;
    if (attempt < TRIES) await context.clock.sleep(PAUSE * attempt);
  }
  return undefined;
}
