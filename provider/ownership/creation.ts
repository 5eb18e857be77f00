import type { Client } from "../client/index.js";
import type { Creation } from "./journal.js";
import type { Beginning, Begun } from "./ownership.js";
import { requirePlace, type Whereabouts } from "./place.js";

/** What is created, and by whom. */
type Subject = Pick<Beginning, "kind" | "owner" | "collectionId" | "contentHash">;

/**
 * Creates the object of a resource on record: in the collection that the states mean, and with what interrupted
 * creations of the same resource have left, in whichever collection.
 */
export async function createOnRecord<T extends { readonly id: string }>(
  context: Whereabouts & { readonly client: Client },
  subject: Subject,
  work: (begun: Begun, abandoned: readonly Creation[]) => Promise<T>,
): Promise<T> {
  const { ownership, places } = context;
  const beginning = { ...subject, ...places.current };
  if (subject.collectionId !== undefined) await requirePlace(context, subject.collectionId);
  const abandoned = await ownership.abandoned(beginning);
  return ownership.create(beginning, abandoned, (begun) => work(begun, abandoned));
}

/**
 * Takes back what interrupted creations of a resource have made which has something else since: the program went back
 * to what there was before.
 */
export async function settleAbandoned(
  { ownership, places }: Whereabouts,
  kind: Creation["kind"],
  owner: string | undefined,
  letGo: (creation: Creation) => Promise<void>,
): Promise<void> {
  for (const creation of await ownership.abandoned({ kind, owner: owner ?? "", ...places.current })) {
    await letGo(creation);
    ownership.forgotten(creation);
  }
}
