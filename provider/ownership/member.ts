import type { Timer } from "../api/interruption.js";
import type { Lists } from "../api/lists.js";
import { unlessNotFound } from "../api/not-found.js";
import type { Client, File, ItemSummary } from "../client/index.js";
import { requireGone } from "./deletion.js";
import { placeIn, requireAbsence, requirePlace, type Whereabouts } from "./place.js";

/** What is in a collection. */
export type MemberKind = "item" | "file";

/** The parts of the id of something in a collection. */
export interface MemberId {
  readonly collectionId: string;
  readonly memberId: string;
}

/**
 * Takes an id of the form `<collection id>/<member id>` apart.
 *
 * @param kind - what the id is of, e.g. `file`.
 * @throws Error for an id of another form.
 */
export function parseMemberId(kind: string, id: string): MemberId {
  const [collectionId, memberId, ...rest] = id.split("/");
  if (collectionId && memberId && rest.length === 0) return { collectionId, memberId };
  throw new Error(`"${id}" is not the id of one ${kind}: expected <collection id>/<${kind} id>.`);
}

/** What members are looked up, written and deleted with. */
interface Reach extends Whereabouts {
  readonly client: Client;
  readonly items: Lists<ItemSummary>;
  readonly files: Lists<File>;
  readonly clock: Timer;
}

/**
 * Answers that the member of a state is not there.
 *
 * @param state is empty where a program reads what it does not manage.
 * @throws Error where it may be elsewhere, or there never was one.
 */
export async function requireAbsentMember(
  context: Whereabouts,
  kind: MemberKind,
  id: string,
  state: { readonly itemId?: string | undefined; readonly fileId?: string | undefined },
): Promise<"not-found"> {
  if ((kind === "item" ? state.itemId : state.fileId) === undefined) {
    throw new Error(
      `There is no ${kind} "${id}" to read. An id is <collection id>/<${kind} id>, as the API knows them.`,
    );
  }
  await requireAbsence(context, `${kind} "${id}"`, placeIn(state));
  return "not-found";
}

/**
 * Answers a member that is to be updated, where its collection is the one that the state means.
 *
 * @param isOwn whether what was found is the state's for certain.
 * @throws Error where it is gone, or the collection is another one.
 */
export async function requireMember<T>(
  context: Reach,
  kind: MemberKind,
  id: string,
  { state, found, isOwn }: { readonly state: object; readonly found: T | undefined; readonly isOwn: boolean },
): Promise<T> {
  const place = placeIn(state);
  if (isOwn) context.places.found(place);
  if (isOwn && found !== undefined) return found;
  await requirePlace(context, parseMemberId(kind, id).collectionId, place);
  if (found !== undefined) return found;
  const again = kind === "file" ? "upload it again" : "recreate it";
  throw new Error(`The ${kind} "${id}" no longer exists in the API. Run "pulumi up --refresh" to ${again}.`);
}

/**
 * Answers the member that `adopt` names.
 *
 * @throws Error where there is none.
 */
export function requireAdoptable<T>(kind: MemberKind, { collectionId, memberId }: MemberId, found: T | undefined): T {
  if (found !== undefined) return found;
  const anew = kind === "file" ? "upload" : "make";
  throw new Error(
    `adopt: there is no ${kind} "${memberId}" in the collection "${collectionId}" to take over. ` +
      `To ${anew} a new one, leave it out.`,
  );
}

/** Deletes a member, and makes sure that its collection no longer lists it. */
export function removeMember(context: Reach, kind: MemberKind, { collectionId, memberId }: MemberId): Promise<void> {
  const { client, items, files } = context;
  const [members, lists] = kind === "item" ? [client.items, items] : [client.files, files];
  return requireGone(context, {
    what: `${kind} "${collectionId}/${memberId}"`,
    remove: () => members.delete(collectionId, memberId),
    isThere: async () =>
      (await unlessNotFound<ReadonlyMap<string, unknown>>(lists.after(collectionId)))?.has(memberId) === true,
  });
}
