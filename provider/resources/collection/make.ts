import type { Client, Collection } from "../../client/index.js";
import type { Context } from "../../lifecycle.js";
import { addOnce } from "../../once.js";
import { sameText } from "../../ownership/comparable.js";
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
      send: () => client.collections.create({ name }, { once: true }),
      find: async () => {
        const [only, ...others] = (await client.collections.list()).filter(isNew);
        return others.length === 0 ? only : undefined;
      },
      isNew,
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
async function leftBehind({ client, clock }: Context, name: string, abandoned: readonly Creation[]): Promise<{ before: readonly Collection[]; own: Collection | undefined }> {
  const until = Math.max(...abandoned.map(({ at }) => at)) + VISIBLE_WITHIN;
  for (;;) {
    const before = await client.collections.list();
    const own = await ownOf(client, name, before, abandoned);
    if (own || clock.now() >= until) return { before, own };
    await clock.sleep(PAUSE);
  }
}

async function ownOf(client: Client, name: string, all: readonly Collection[], abandoned: readonly Creation[]): Promise<Collection | undefined> {
  for (const { id, created } of abandoned) {
    const own = all.find((collection) => collection.id === id && collection.created === created);
    if (own) return own;
  }
  // The answer never came. Where the name was free when it was asked for, and nothing is in the collection, nobody else misses it.
  const like = all.filter((collection) => sameText(collection.name, name));
  const [only] = like;
  if (!only || like.length > 1 || !abandoned.some(({ id }) => id === undefined)) return undefined;
  const [items, files] = await Promise.all([client.items.list(only.id), client.files.list(only.id)]);
  return items.length + files.length === 0 ? only : undefined;
}

function nameTaken({ confidential, ownership }: Context, { id, name }: Collection): string {
  const taken = `name: the collection "${id}" has ${confidential ? "this name" : `the name "${name}"`} already, and the API keeps one collection of a name. Nothing was made.`;
  if (ownership.isHeld(id)) return `${taken} It is another resource's of this stack: choose another name.`;
  return (
    `${taken} To manage that collection here, with what it holds, set adoptByName: true or adopt: "${id}"; to make another one, choose another name. ` +
    `If it is this resource's own, since renamed or to be replaced, give the resource its old name by the option aliases, or set deleteBeforeReplace: true.`
  );
}
