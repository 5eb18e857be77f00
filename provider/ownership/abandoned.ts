import type { Context } from "../lifecycle.js";
import type { Creation } from "./journal.js";

/**
 * Takes back what interrupted creations of a resource have made which has something else since: the program went back to
 * what there was before.
 */
export async function settleAbandoned(context: Context, kind: Creation["kind"], owner: string | undefined, letGo: (context: Context, creation: Creation) => Promise<void>): Promise<void> {
  const { ownership, places } = context;
  for (const creation of await ownership.abandoned({ kind, owner: owner ?? "", ...places.current })) {
    await letGo(context, creation);
    ownership.forgotten(creation);
  }
}
