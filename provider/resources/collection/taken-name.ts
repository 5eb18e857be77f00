import type { Collection } from "../../client/index.js";
import type { Context } from "../../session/context.js";
import { otherName, possibleIds } from "../../ownership/collection-id.js";
import { sameText } from "../../ownership/comparable.js";

/** The collection that stands in the way of a new one, as far as the list shows it: of the same name, or with an id that may be made of it. */
export function inTheWay(all: readonly Collection[], name: string): Collection | undefined {
  const ids = possibleIds(name);
  return all.find((collection) => sameText(collection.name, name)) ?? all.find(({ id }) => ids.includes(id));
}

/** Why a collection was not made, where its name is another one's already. */
export function nameTaken(context: Context, other: Collection): string {
  const { ownership } = context;
  const { id } = other;
  const taken = `${takenBy(context, other)} Nothing was made.`;
  if (ownership.isHeld(id)) return `${taken} It is another resource's of this stack: choose another name.`;
  return (
    `${taken} To manage that collection here, with what it holds, set adoptByName: true or adopt: "${id}"; to make another one, choose another name. ` +
    `If it is this resource's own, since renamed or to be replaced, give the resource its old name by the option aliases, or set deleteBeforeReplace: true.`
  );
}

/** Why a collection was not made, where the API has refused its name. */
export function nameRefused(context: Context, all: readonly Collection[], name: string): string {
  const { confidential, ownership } = context;
  const other = inTheWay(all, name);
  if (other !== undefined && sameText(other.name, name)) return nameTaken(context, other);
  const offer = confidential ? "" : `, such as "${otherName(name, all.map(({ id }) => id))}"`;
  const differ = `Choose a name that differs within them${offer}`;
  const rule = "The API makes a collection's id of the first 14 letters and digits of its name, and keeps one collection of an id.";
  if (other === undefined) {
    return `name: the API says that it is taken. ${rule} No collection of this account has such an id, so another account may have it. Nothing was made. ${differ}.`;
  }
  const which = `the collection "${other.id}"${confidential ? "" : `, named "${other.name}"`}`;
  const way = ownership.isHeld(other.id)
    ? "It is another resource's of this stack."
    : `To manage that collection here, with what it holds, set adopt: "${other.id}", which gives it this name.`;
  return `name: ${which} is in its way. ${rule} Nothing was made. ${differ}. ${way}`;
}

/** Why a collection cannot be given the name of another one. */
export function renamingRefused(context: Context, other: Collection): string {
  const way = context.ownership.isHeld(other.id) ? "It is another resource's of this stack: choose another name, or rename that one in a deployment before." : "Choose another name, or rename that one first.";
  return `${takenBy(context, other)} The collection is not renamed. ${way}`;
}

function takenBy({ confidential }: Context, { id, name }: Collection): string {
  return `name: the collection "${id}" has ${confidential ? "this name" : `the name "${name}"`} already, and the API keeps one collection of a name.`;
}
