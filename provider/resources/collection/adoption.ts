import type { Collection } from "../../client/index.js";
import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { sameText } from "../../ownership/comparable.js";
import type { Inputs } from "./schema.js";

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

async function byId({ client, confidential }: Context, id: string): Promise<Collection> {
  const existing = await unlessNotFound(client.collections.get(id));
  if (existing) return existing;
  throw new Error(`adopt: there is no collection "${id}" to take over in this account. ${listed(await client.collections.list(), confidential)} ${WAY_OUT}`);
}

async function byName({ client, confidential }: Context, name: string): Promise<Collection> {
  const all = await client.collections.list();
  const exact = all.filter((collection) => collection.name === name);
  const [only, ...others] = exact.length > 0 ? exact : all.filter((collection) => sameText(collection.name, name));
  if (only && others.length === 0) return only;
  const problem = only
    ? `${others.length + 1} collections are named ${confidential ? "so" : `"${name}"`}: ${[only, ...others].map(({ id }) => `"${id}"`).join(", ")}. Set adopt to the id of the one that is meant.`
    : `no collection of this account is named ${confidential ? "so" : `"${name}"`}. ${listed(all, confidential)} ${WAY_OUT}`;
  throw new Error(`adoptByName: ${problem}`);
}

const WAY_OUT = "To make a new one, leave it out.";
const MOST_LISTED = 10;

function listed(all: readonly Collection[], confidential: boolean): string {
  if (all.length === 0) return "It has none at all.";
  const names = all.slice(0, MOST_LISTED).map(({ id, name }) => (confidential ? `"${id}"` : `"${id}" (${name})`));
  return `It has: ${names.join(", ")}${all.length > MOST_LISTED ? ` and ${all.length - MOST_LISTED} more` : ""}.`;
}
