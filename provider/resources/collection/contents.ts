import { unlessNotFound } from "../../api/not-found.js";
import type { Client, Collection } from "../../client/index.js";
import { sameInstant } from "../../ownership/comparable.js";
import { placeIn, requireAbsence } from "../../ownership/place.js";
import type { Context } from "../../session/context.js";
import { count } from "../../text/quantity.js";
import type { State } from "./schema.js";

/** One answer may come from a copy of the API that lags behind: of what is missing in one, the list is asked, too. */
export async function lookUp({ collections }: Client, id: string): Promise<Collection | undefined> {
  const found = await unlessNotFound(collections.get(id));
  return found ?? (await collections.list()).find((collection) => collection.id === id);
}

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
  const isOwn = ({ created }: Collection): boolean =>
    created === undefined || state.created === undefined ? places.isHere(place) : sameInstant(created, state.created);
  const found = await lookUp(client, id);
  if (found !== undefined && isOwn(found)) {
    context.places.found(place);
    return found;
  }
  await requireAbsence(context, `collection "${id}"`, place);
  if (found !== undefined) {
    const named = context.confidential ? "" : ` (named "${found.name}")`;
    await context.report(
      `The collection "${id}" of this stack was deleted, and another one has its id since ${found.created ?? "then"}${named}. ` +
        `It is not this stack's, and was left as it is. To manage it, set adopt: "${id}".`,
      { severity: "warning" },
    );
  }
  return undefined;
}

/** What a collection holds, in words; nothing where it is empty. */
export async function contentsOf(
  { client }: Pick<Context, "client">,
  collectionId: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const items = unlessNotFound(client.items.list(collectionId, { signal }));
  const files = unlessNotFound(client.files.list(collectionId, { signal }));
  const [{ length: itemCount } = [], { length: fileCount } = []] = await Promise.all([items, files]);
  const parts = [itemCount > 0 && count(itemCount, "item"), fileCount > 0 && count(fileCount, "file")].filter((part) => part !== false);
  return parts.length === 0 ? undefined : parts.join(" and ");
}

/**
 * Refuses to delete with a collection what was in it before this stack, or was put there by others.
 *
 * @throws Error where the collection was taken over, is not empty, and the program does not say `forceDestroy`.
 */
export async function requireOwnContents(
  context: Pick<Context, "client">,
  { collectionId, adopted, forceDestroy }: Pick<State, "collectionId" | "adopted" | "forceDestroy">,
): Promise<void> {
  if (adopted !== true || forceDestroy === true) return;
  const contents = await contentsOf(context, collectionId);
  if (contents === undefined) return;
  throw new Error(
    `The collection "${collectionId}" was taken over, and holds ${contents} that this stack did not put there, ` +
      `or no longer manages. Nothing was deleted. ` +
      `To delete all of it, set forceDestroy: true, run "pulumi up", and then delete it. ` +
      `To keep it and only forget it, use "pulumi state delete", or the option retainOnDelete.`,
  );
}
