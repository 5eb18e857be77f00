import type { Collection } from "../../client/index.js";
import type { Context } from "../../session/context.js";
import { addOnce, isRefusal } from "../../api/create-once.js";
import { sameInstant, sameText } from "../../ownership/comparable.js";
import type { Creation } from "../../ownership/journal.js";
import type { Begun } from "../../ownership/ownership.js";
import type { Inputs } from "./schema.js";

/**
 * Makes a collection, or goes on with the one that an interrupted run has made for this very resource. Those of one name are
 * made one after the other, so that none is mistaken for another whose answer was lost.
 *
 * @throws Error where the name is taken: two collections of one name cannot be told apart, and the API refuses the second.
 */
export function make(context: Context, inputs: Inputs, begun: Begun, abandoned: readonly Creation[]): Promise<Collection> {
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
    }).catch((error: unknown) => {
      if (isRefusal(error)) begun.refused();
      throw error;
    });
    begun.answered(made);
    return made;
  });
}

/** How long a collection that was asked for may stay invisible, in milliseconds. */
export const VISIBLE_WITHIN = 30_000;
/** In milliseconds. */
const PAUSE = 1_000;

/** All collections, and the one that was made for this resource by a run that did not get to note it in the state. */
async function leftBehind(context: Context, name: string, abandoned: readonly Creation[]): Promise<{ before: readonly Collection[]; own: Collection | undefined }> {
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

async function ownOf({ client, ownership }: Context, name: string, all: readonly Collection[], asked: readonly Creation[]): Promise<Collection | undefined> {
  for (const { id, created } of asked) {
    const own = all.find((collection) => collection.id === id && sameInstant(collection.created, created));
    if (own) return own;
  }
  // The answer never came. The name was free when it was asked for; where the collection was made then, and is empty, it is the one.
  const like = all.filter((collection) => sameText(collection.name, name));
  const [only] = like;
  if (!only || like.length > 1 || ownership.isHeld(only.id) || !asked.some(({ id, at }) => id === undefined && isAbout(only.created, at))) return undefined;
  const [items, files] = await Promise.all([client.items.list(only.id), client.files.list(only.id)]);
  return items.length + files.length === 0 ? only : undefined;
}

/** In milliseconds: clocks differ, and a request may be carried out late. */
const ABOUT = 15 * 60_000;

function isAbout(created: string | undefined, at: number): boolean {
  const time = Date.parse(created ?? "");
  return Number.isNaN(time) || Math.abs(time - at) <= ABOUT;
}

/** Why a collection cannot be given the name of another one. */
export function renamingRefused(context: Context, other: Collection): string {
  const way = context.ownership.isHeld(other.id) ? "It is another resource's of this stack: choose another name, or rename that one in a deployment before." : "Choose another name, or rename that one first.";
  return `${takenBy(context, other)} The collection is not renamed. ${way}`;
}

function takenBy({ confidential }: Context, { id, name }: Collection): string {
  return `name: the collection "${id}" has ${confidential ? "this name" : `the name "${name}"`} already, and the API keeps one collection of a name.`;
}

function nameTaken(context: Context, other: Collection): string {
  const { ownership } = context;
  const { id } = other;
  const taken = `${takenBy(context, other)} Nothing was made.`;
  if (ownership.isHeld(id)) return `${taken} It is another resource's of this stack: choose another name.`;
  return (
    `${taken} To manage that collection here, with what it holds, set adoptByName: true or adopt: "${id}"; to make another one, choose another name. ` +
    `If it is this resource's own, since renamed or to be replaced, give the resource its old name by the option aliases, or set deleteBeforeReplace: true.`
  );
}
