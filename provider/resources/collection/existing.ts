/**
 * What exists in the API already: the collection of a state, what it holds, and those that have a name or stand in its
 * way.
 */
import { unlessNotFound } from "../../api/not-found.js";
import type { Client, Collection } from "../../client/index.js";
import type { Report } from "../../engine/report.js";
import { isUnknown, type Properties } from "../../engine/values.js";
import type { OwnedState } from "../../ownership/claim.js";
import { otherName, possibleIds } from "../../ownership/collection-id.js";
import { sameInstant, sameText } from "../../ownership/comparable.js";
import { placeIn, requireAbsence } from "../../ownership/place.js";
import type { CheckFailure } from "../../pulumi/check.js";
import { urnOf } from "../../pulumi/fields.js";
import type { Context, LocalContext } from "../../session/context.js";
import { count } from "../../text/quantity.js";

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
export async function findOwn(
  context: Context,
  id: string,
  state: OwnedState & { readonly created?: string | undefined },
): Promise<Collection | undefined> {
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
      `The collection "${id}" of this stack was deleted, and another one has its id since ` +
        `${found.created ?? "then"}${named}. ` +
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
  const parts = [itemCount > 0 && count(itemCount, "item"), fileCount > 0 && count(fileCount, "file")].filter(
    (part) => part !== false,
  );
  return parts.length === 0 ? undefined : parts.join(" and ");
}

/** A collection that is to be deleted, as far as its state tells what may be deleted with it. */
interface Holder {
  readonly collectionId: string;
  readonly adopted?: true | undefined;
  readonly forceDestroy?: boolean | undefined;
}

/**
 * Refuses to delete with a collection what was in it before this stack, or was put there by others.
 *
 * @throws Error where the collection was taken over, is not empty, and the program does not say `forceDestroy`.
 */
export async function requireOwnContents(
  context: Pick<Context, "client">,
  { collectionId, adopted, forceDestroy }: Holder,
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

/**
 * The collection that stands in the way of a new one, as far as the list shows it: of the same name, or with an id that
 * may be made of it.
 */
export function inTheWay(all: readonly Collection[], name: string): Collection | undefined {
  const ids = possibleIds(name);
  return all.find((collection) => sameText(collection.name, name)) ?? all.find(({ id }) => ids.includes(id));
}

/** Why a collection was not made, where its name is another one's already. */
export function nameTaken(context: Context, other: Collection): string {
  const { ownership } = context;
  const { id } = other;
  const taken = `${takenBy(context, other)} Nothing was made.`;
  if (ownership.isHeld(id)) return `${taken} It belongs to another resource of this stack: choose another name.`;
  return (
    `${taken} To manage that collection here, with what it holds, set adoptByName: true or adopt: "${id}"; ` +
    `to make another one, choose another name. ` +
    `If it is this resource's own, since renamed or to be replaced, ` +
    `give the resource its old name by the option aliases, or set deleteBeforeReplace: true.`
  );
}

/** The name of another collection; nothing where it is secret, or something secret is worked on. */
export function toldName({ confidential, ownership }: Context, { id, name }: Collection): string | undefined {
  return confidential || ownership.isSecretlyNamed(id) ? undefined : name;
}

/** Why a collection was not made, where the API has refused its name. */
export async function nameRefused(context: Context, all: readonly Collection[], name: string): Promise<string> {
  const { confidential, ownership } = context;
  const other = inTheWay(all, name);
  if (other !== undefined && sameText(other.name, name)) return nameTaken(context, other);
  const offer = confidential
    ? ""
    : `, such as "${otherName(
        name,
        all.map(({ id }) => id),
      )}"`;
  const differ = `Choose a name that differs within them${offer}`;
  const rule =
    "The API makes a collection's id of the first 14 letters and digits of its name, and keeps one collection of an id.";
  if (other === undefined) {
    const where = "No collection of this account has such an id, so another account may have it.";
    return `name: the API says that it is taken. ${rule} ${where} Nothing was made. ${differ}.`;
  }
  // The resource that gives it a secret name may not have been shown yet.
  await ownership.quiet();
  const told = toldName(context, other);
  const which = `the collection "${other.id}"${told === undefined ? "" : `, named "${told}"`}`;
  const way = ownership.isHeld(other.id)
    ? "It belongs to another resource of this stack."
    : `To manage that collection here, with what it holds, set adopt: "${other.id}", which gives it this name.`;
  return `name: ${which} is in its way. ${rule} Nothing was made. ${differ}. ${way}`;
}

/** Why a collection cannot be given the name of another one. */
export function renamingRefused(context: Context, other: Collection): string {
  const way = context.ownership.isHeld(other.id)
    ? "It belongs to another resource of this stack: choose another name, or rename that one in a deployment before."
    : "Choose another name, or rename that one first.";
  return `${takenBy(context, other)} The collection is not renamed. ${way}`;
}

function takenBy({ confidential }: Context, { id, name }: Collection): string {
  const which = confidential ? "this name" : `the name "${name}"`;
  return `name: the collection "${id}" has ${which} already, and the API keeps one collection of a name.`;
}

/** Two collections of one program of which the API would refuse the second. */
export function clashWithin(
  { name, confidential, resourceUrn }: Properties,
  newNames: LocalContext["newNames"],
): CheckFailure | undefined {
  if (typeof name !== "string" || isUnknown(name) || typeof resourceUrn !== "string") return undefined;
  const isSecret = confidential === true;
  const other = newNames.declare(resourceUrn, { name, isSecret });
  if (other === undefined) return undefined;
  const which = isSecret || other.isSecret ? "" : `, named "${other.name}"`;
  const offer = isSecret ? "" : `, such as "${otherName(name, possibleIds(other.name))}"`;
  return {
    property: "name",
    reason:
      `clashes with another collection of this program${which}: the API makes a collection's id of the first 14 ` +
      `letters and digits of its name, and keeps one collection of an id. Choose a name that differs within ` +
      `them${offer}`,
  };
}

/** So long a preview waits for what it only tells, in milliseconds. */
const TOLD_WITHIN = 5_000;

/** Before anything is made, a name is looked for among those in use. The API decides when it is made. */
export async function tellOfClash(inputs: Properties, report: Report, account: LocalContext["account"]): Promise<void> {
  const { name, confidential } = inputs;
  if (account === undefined || typeof name !== "string" || isUnknown(name) || confidential === true) return;
  const { client, ownership } = account();
  const all = await client.collections.list({ signal: AbortSignal.timeout(TOLD_WITHIN), maxRetries: 0 });
  const other = inTheWay(all, name);
  // The very name is refused where it is made, with the ways on; what this stack has made a moment ago is no other's.
  if (other === undefined || sameText(other.name, name) || ownership.isHeld(other.id)) return;
  const free = otherName(
    name,
    all.map(({ id }) => id),
  );
  // How it is named may be secret, and the resource that says so may come later.
  const message =
    `The API may refuse the name "${name}": the collection "${other.id}" exists, ` +
    `and a collection's id is made of the first 14 letters and digits of its name. "${free}" would do.`;
  await report(message, { urn: urnOf(inputs), severity: "warning" });
}
