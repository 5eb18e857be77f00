import type { Creation } from "./journal.js";
import type { Whereabouts } from "./place.js";

/**
 * Takes back what interrupted creations of a resource have made which has something else since: the program went back to
 * what there was before.
 */
export async function settleAbandoned({ ownership, places }: Whereabouts, kind: Creation["kind"], owner: string | undefined, letGo: (creation: Creation) => Promise<void>): Promise<void> {
  for (const creation of await ownership.abandoned({ kind, owner: owner ?? "", ...places.current })) {
    await letGo(creation);
    ownership.forgotten(creation);
  }
}
