import { addOnce, isRefusal } from "../../api/create-once.js";
import { unlessNotFound } from "../../api/not-found.js";
import type { Collection } from "../../client/index.js";
import { DuplicateNameError } from "../../client/http/errors.js";
import { sameInstant, sameText } from "../../ownership/comparable.js";
import type { Creation } from "../../ownership/journal.js";
import type { Begun } from "../../ownership/ownership.js";
import type { Context } from "../../session/context.js";
import { nameRefused, nameTaken, toldName } from "./existing.js";
import type { Inputs } from "./schema.js";

/**
 * Makes a collection, or goes on with the one that an interrupted run has made for this very resource. Those of one
 * name are made one after the other, so that none is mistaken for another whose answer was lost.
 *
 * @throws Error where the name is taken: two collections of one name cannot be told apart, and the API refuses the
 * second.
 */
export function make(
  context: Context,
  inputs: Inputs,
  begun: Begun,
  abandoned: readonly Creation[],
): Promise<Collection> {
  const { client, turns } = context;
  const { name } = inputs;
  return turns.take(`collection ${name}`, async () => {
    const { before, own } = await leftBehind(context, name, abandoned);
    if (own) return own.name === name ? own : client.collections.update(own.id, { name });
    const taken = before.find((collection) => sameText(collection.name, name));
    if (taken) throw new Error(nameTaken(context, taken));
    const known = new Set(before.map(({ id }) => id));
    const isNew = (collection: Collection): boolean => !known.has(collection.id) && sameText(collection.name, name);
    const made = await addOnce(context, {
      what: context.confidential ? "collection" : `collection "${name}"`,
      send: () => {
        begun.sending();
        return client.collections.create({ name }, { once: true });
      },
      find: async () => {
        const [only, ...others] = (await client.collections.list()).filter(isNew);
        return others.length === 0 ? only : undefined;
      },
      // Whatever it calls it: what was not there before is what was asked for.
      isNew: (collection) => !known.has(collection.id),
    }).catch(async (error: unknown) => {
      if (isRefusal(error)) begun.refused();
      if (!DuplicateNameError.isInstance(error)) throw error;
      // It may have been made since by somebody else.
      const all = await client.collections.list().catch(() => before);
      throw new Error(await nameRefused(context, all, name), { cause: error });
    });
    begun.answered(made);
    return made;
  });
}

/** How long a collection that was asked for may stay invisible, in milliseconds. */
export const VISIBLE_WITHIN = 30_000;
/** In milliseconds. */
const PAUSE = 1_000;

interface LeftBehind {
  readonly before: readonly Collection[];
  readonly own: Collection | undefined;
}

/** All collections, and the one that was made for this resource by a run that did not get to note it in the state. */
async function leftBehind(context: Context, name: string, abandoned: readonly Creation[]): Promise<LeftBehind> {
  const { client, clock } = context;
  const asked = abandoned.filter(({ sent }) => sent === true);
  // A clock that was set back meanwhile makes nobody wait for longer.
  const until = Math.min(clock.now(), Math.max(...asked.map(({ at }) => at))) + VISIBLE_WITHIN;
  for (;;) {
    const before = await client.collections.list();
    const own = await ownOf(context, name, before, asked);
    if (own || clock.now() >= until) return { before, own };
    await clock.sleep(PAUSE);
  }
}

async function ownOf(
  { client, ownership }: Context,
  name: string,
  all: readonly Collection[],
  asked: readonly Creation[],
): Promise<Collection | undefined> {
  for (const { id, created } of asked) {
    const own = all.find((collection) => collection.id === id && sameInstant(collection.created, created));
    if (own) return own;
  }
  // The answer never came. The name was free when it was asked for; where the collection was made then, and is empty,
  // it is the one.
  const [only, ...others] = all.filter((collection) => sameText(collection.name, name));
  if (!only || others.length > 0 || ownership.isHeld(only.id)) return undefined;
  if (!asked.some(({ id, at }) => id === undefined && isAbout(only.created, at))) return undefined;
  const [items, files] = await Promise.all([client.items.list(only.id), client.files.list(only.id)]);
  return items.length + files.length === 0 ? only : undefined;
}

/** In milliseconds: clocks differ, and a request may be carried out late. */
const ABOUT = 15 * 60_000;

function isAbout(created: string | undefined, at: number): boolean {
  const time = Date.parse(created ?? "");
  return Number.isNaN(time) || Math.abs(time - at) <= ABOUT;
}

/**
 * The existing collection that the inputs say to take over, under the declared name; nothing where a new one is wanted.
 *
 * @throws Error where it does not exist, or a name fits several.
 */
export async function adopted(context: Context, { name, adopt, adoptByName }: Inputs): Promise<Collection | undefined> {
  const { client } = context;
  if (adopt !== undefined) {
    const existing = await byId(context, adopt);
    return existing.name === name ? existing : client.collections.update(adopt, { name });
  }
  return adoptByName === true ? byName(context, name) : undefined;
}

async function byId(context: Context, id: string): Promise<Collection> {
  const { client } = context;
  const existing = await unlessNotFound(client.collections.get(id));
  if (existing) return existing;
  const known = await listed(context, await client.collections.list());
  throw new Error(`adopt: there is no collection "${id}" to take over in this account. ${known} ${WAY_OUT}`);
}

async function byName(context: Context, name: string): Promise<Collection> {
  const { client, confidential } = context;
  const all = await client.collections.list();
  const exact = all.filter((collection) => collection.name === name);
  const [only, ...others] = exact.length > 0 ? exact : all.filter((collection) => sameText(collection.name, name));
  if (only && others.length === 0) return only;
  const so = confidential ? "so" : `"${name}"`;
  if (!only)
    throw new Error(
      `adoptByName: no collection of this account is named ${so}. ${await listed(context, all)} ${WAY_OUT}`,
    );
  const ids = [only, ...others].map(({ id }) => `"${id}"`).join(", ");
  const count = others.length + 1;
  throw new Error(
    `adoptByName: ${count} collections are named ${so}: ${ids}. Set adopt to the id of the one that is meant.`,
  );
}

const WAY_OUT = "To make a new one, leave it out.";
const MOST_LISTED = 10;

async function listed(context: Context, all: readonly Collection[]): Promise<string> {
  if (all.length === 0) return "It has none at all.";
  // The resource that gives one of them a secret name may not have been shown yet.
  await context.ownership.quiet();
  const names = all.slice(0, MOST_LISTED).map((collection) => {
    const told = toldName(context, collection);
    return told === undefined ? `"${collection.id}"` : `"${collection.id}" (${told})`;
  });
  return `It has: ${names.join(", ")}${all.length > MOST_LISTED ? ` and ${all.length - MOST_LISTED} more` : ""}.`;
}
