import { createHash } from "node:crypto";
import { z } from "zod";
import type { Client } from "../client/index.js";
import { unlessNotFound } from "../api/not-found.js";
import type { Properties } from "../engine/values.js";
import { sameInstant } from "./comparable.js";
import type { Ownership } from "./ownership.js";

/** Where an object is kept: which API, and under which key. */
export interface Place {
  /** The scheme, host and port of the API. */
  readonly origin: string;
  /** Stands for the key: eight hexadecimal digits of a hash, from which nothing can be learned of the key. */
  readonly account: string;
}

/** Where an object was kept when it was last seen; a state of the first format does not say. */
export type KnownPlace = { readonly [Part in keyof Place]?: Place[Part] | undefined };

/** What the key is known by in states. A key is too long to be found by trying, and 32 bits fit a great many keys. */
export function accountOf(apiKey: string): string {
  return createHash("sha256").update(`vultr-inference account\n${apiKey}`, "utf8").digest("hex").slice(0, 8);
}

/** The places that are known to be where this process looks now, since something of theirs was found here. */
export class Places {
  readonly #here = new Set<string>();
  readonly #looked = new Map<string, Promise<void>>();

  constructor(readonly current: Place) {}

  /** Notes that an object was found that was made in a place. */
  found(state: KnownPlace): void {
    this.#here.add(textOf(state));
  }

  /** Looks at a collection once for all that is in it. */
  once(collectionId: string, look: () => Promise<void>): Promise<void> {
    const looked = this.#looked.get(collectionId) ?? look();
    this.#looked.set(collectionId, looked);
    looked.catch(() => this.#looked.delete(collectionId));
    return looked;
  }

  /** Whether something that was made in a place must be here, if it is anywhere. */
  isHere(state: KnownPlace): boolean {
    return (
      (isCurrent(state.origin, this.current.origin) && isCurrent(state.account, this.current.account)) ||
      this.#here.has(textOf(state))
    );
  }
}

/** What is known of where objects are, and whose. */
export interface Whereabouts {
  readonly places: Places;
  readonly ownership: Ownership;
}

function isCurrent(known: string | undefined, current: string): boolean {
  return known === undefined || known === current;
}

function textOf({ origin, account }: KnownPlace): string {
  return JSON.stringify([origin, account]);
}

/**
 * Answers where an object is gone for certain: the API says so, at the address and under the key that it was made with,
 * or where something else of this stack has been found.
 *
 * @param what names it, as in `item "kb/1"`.
 * @throws Error where it may be elsewhere, with the ways out.
 */
export async function requireAbsence(
  { places, ownership }: Whereabouts,
  what: string,
  state: KnownPlace,
): Promise<void> {
  if (places.isHere(state)) return;
  // Others of the same place may be found meanwhile.
  await ownership.quiet();
  if (places.isHere(state)) return;
  const { origin, account } = places.current;
  const isElsewhere = !isCurrent(state.origin, origin);
  const was = isElsewhere ? `at ${state.origin ?? ""}` : `with another API key (fingerprint ${state.account ?? ""})`;
  const is = isElsewhere ? `at ${origin}` : `with the key that is used now (fingerprint ${account})`;
  const back = isElsewhere
    ? "set vultr-inference:baseUrl (or VULTR_INFERENCE_BASE_URL) back"
    : "use a key of the inference subscription that holds it";
  throw new Error(
    `The ${what} was deployed ${was} and is not found ${is}. That does not mean that it was deleted, so nothing was ` +
      "changed. " +
      `To go on, ${back}, or use another stack for the other ${isElsewhere ? "API" : "subscription"}. ` +
      `If it was really deleted, remove it from the state with "pulumi state delete".`,
  );
}

/**
 * Answers where a collection is the one that states mean, before something is written to it: the ids of collections are
 * made of their names, so that another account is likely to have one of the same id.
 *
 * @param state where the resource was kept that is to be written. Default: where the state has the collection.
 * @throws Error where it is another one, or that cannot be told.
 */
export async function requirePlace(
  { client, places, ownership }: Whereabouts & { readonly client: Client },
  collectionId: string,
  state?: KnownPlace,
): Promise<void> {
  const known = ownership.collection(collectionId);
  const member = known ?? ownership.memberOf(collectionId);
  const place = state ?? placeIn(member ?? {});
  const created = typeof known?.["created"] === "string" ? known["created"] : undefined;
  if (places.isHere(place)) return places.once(collectionId, () => requireSame(client, collectionId, created));
  if (state === undefined && member !== undefined && (await isMemberHere(client, collectionId, member))) {
    places.found(place);
    return;
  }
  const found = await unlessNotFound(client.collections.get(collectionId));
  if (found?.created !== undefined && created !== undefined && sameInstant(found.created, created)) {
    places.found(place);
    return;
  }
  return requireAbsence({ places, ownership }, `collection "${collectionId}" of this stack`, place);
}

/** @throws Error where another collection has got the id of the one that the stack has made. */
async function requireSame(client: Client, collectionId: string, created: string | undefined): Promise<void> {
  const found = created === undefined ? undefined : await unlessNotFound(client.collections.get(collectionId));
  if (found?.created === undefined || sameInstant(found.created, created)) return;
  throw new Error(
    `The collection "${collectionId}" of this stack was deleted, and another one has its id since ${found.created}. ` +
      `It is not this stack's, and nothing was written to it. To go on, run "pulumi up --refresh".`,
  );
}

/** Whether an item or a file that a state has in a collection is there. */
async function isMemberHere(client: Client, collectionId: string, { itemId, fileId }: Properties): Promise<boolean> {
  if (typeof itemId === "string") return (await unlessNotFound(client.items.get(collectionId, itemId))) !== undefined;
  return typeof fileId === "string" && (await unlessNotFound(client.files.get(collectionId, fileId))) !== undefined;
}

const placed = z.looseObject({ origin: z.string().optional(), account: z.string().optional() });

/** The place that a state names. */
export function placeIn(state: object): KnownPlace {
  return placed.safeParse(state).data ?? {};
}
