import { addOnce, isRefusal } from "../../api/create-once.js";
import { unlessNotFound } from "../../api/not-found.js";
import type { Item, ItemSummary } from "../../client/index.js";
import { InitializationFailure, isInitializationFailure } from "../../engine/initialization-failure.js";
import { readContent } from "../../inputs/content.js";
import { sha256 } from "../../inputs/hash.js";
import { bears, formerClaims, othersIn, type Claimant } from "../../ownership/claim.js";
import { comparable, comparableHash, sameText } from "../../ownership/comparable.js";
import { deletionCommand } from "../../ownership/deletion.js";
import type { Creation } from "../../ownership/journal.js";
import { requireAdoptable } from "../../ownership/member.js";
import { describe, readDescription, sameHash, sameOwner, secrecyOf, type Tag } from "../../ownership/tag.js";
import { ofOwner, withClaim, type TaggedItem } from "../../ownership/tagged.js";
import type { Created } from "../../pulumi/lifecycle.js";
import type { Context } from "../../session/context.js";
import { oneLine, shorten } from "../../text/clean.js";
import type { Inputs, State } from "./schema.js";

/** What the state keeps besides what the API says of an item. */
type Kept = Pick<State, "claim" | "formerClaims" | "tokens">;

/** What an item is to be, and whose. */
interface Desired {
  readonly inputs: Inputs;
  readonly text: string;
  readonly tag: Tag;
  readonly claimant: Claimant;
  readonly kept: Kept;
}

/**
 * Makes an item, or takes over one: the one that the inputs name, the one that an interrupted run has made for this
 * very resource, or else one like it that another state has as well.
 */
export async function make(
  context: Context,
  inputs: Inputs,
  claim: string,
  abandoned: readonly Creation[],
): Promise<Created<State>> {
  const { collectionId, owner } = inputs;
  const desired = desiredBy(inputs, claim, abandoned);
  const existing = await adopted(context, desired);
  if (existing) return takeOver(context, desired, existing, readDescription(existing.description).title);

  const like = ofOwner(await context.items.first(collectionId), owner, "item");
  const isOwn = ({ tag }: TaggedItem): boolean => othersIn(tag, desired.claimant).length === 0;
  const [own, others] = [like.filter(isOwn), like.filter((item) => !isOwn(item))];
  const left = await firstWithContent(context, desired, own);
  const made = left
    ? await takeOver(context, desired, left, title(desired.text))
    : ((await share(context, desired, others)) ?? (await add(context, desired)));
  for (const { id, tag } of own) if (id !== left?.id) await removeLeftover(context, collectionId, id, tag);
  await tellOfOthers(
    context,
    collectionId,
    others.filter(({ id }) => id !== made.state.itemId),
  );
  return made;
}

function desiredBy(inputs: Inputs, claim: string, abandoned: readonly Creation[]): Desired {
  const text = readContent(inputs.content, { followLinks: inputs.followLinks });
  const { owner } = inputs;
  return {
    inputs,
    text,
    tag: { owner, claims: [claim], hash: comparableHash(text), ...secrecyOf(inputs) },
    claimant: { owner, claim, former: new Set(abandoned.map((creation) => creation.claim)) },
    kept: { claim, formerClaims: formerClaims(abandoned), tokens: 0 },
  };
}

/**
 * The existing item that the inputs say to take over; nothing where a new one is wanted, as it always is where this
 * takes the place of an earlier item of the resource.
 *
 * @throws Error where there is no such item, or its content, which the API cannot change, is not the declared one.
 */
async function adopted(context: Context, { inputs, text }: Desired): Promise<Item | undefined> {
  const { adopt, collectionId, contentHash, owner } = inputs;
  const { client, log, ownership, items } = context;
  if (adopt === undefined || ownership.isKnown(owner)) return undefined;
  const item = await unlessNotFound(client.items.get(collectionId, adopt));
  const { tag } = item ? readDescription(item.description) : {};
  const isOfThis = tag !== undefined && sameOwner(tag, inputs);
  const isDeclared =
    item !== undefined && (sha256(item.content) === contentHash || comparable(item.content) === comparable(text));
  if (isDeclared) {
    const warning = `The item "${collectionId}/${adopt}" was managed by another resource, and this one takes it over: `;
    if (tag && !isOfThis) log.warn(`${warning}declare it once only.`);
    return item;
  }
  // A targeted replacement is not announced: that an item of this resource is there tells as much.
  if (isOfThis || ofOwner(await items.recent(collectionId), owner, "item").length > 0) return undefined;
  requireAdoptable("item", { collectionId, memberId: adopt }, item);
  throw new Error(
    `adopt: the item "${adopt}" has another content than the one that is declared, and the API cannot change it. ` +
      `Declare its content as it is, or leave adopt out to make a new item.`,
  );
}

/** Gives an item the declared description and the tag; with the claims that it is to keep. */
export async function updateMetadata(
  { client, places }: Context,
  inputs: Inputs,
  itemId: string,
  { tag, label, kept }: { readonly tag: Tag; readonly label: string; readonly kept: Kept },
): Promise<State> {
  const { collectionId } = inputs;
  const id = `${collectionId}/${itemId}`;
  const description = describe(tag, label);
  const item = await client.items.update(collectionId, itemId, { description });
  if (item.id !== itemId) {
    throw new Error(`The API answered the change of the item "${id}" with another item. Run "pulumi up --refresh".`);
  }
  return requireWhole(id, description, item, stateOf({ places }, inputs, item, kept));
}

const TITLE_LENGTH = 80;

/** The beginning of a text, in one line. */
export function title(text: string): string {
  return shorten(oneLine(text), TITLE_LENGTH);
}

async function add(context: Context, { inputs, text, tag, claimant, kept }: Desired): Promise<Created<State>> {
  const { client, items } = context;
  const { collectionId } = inputs;
  const description = describe(tag, inputs.description ?? title(text));
  const before = new Set((await items.first(collectionId)).keys());
  const isOwn = (added: Item): boolean => bears(readDescription(added.description).tag, claimant);
  let tokens = 0;
  const item = await addOnce<Item>(context, {
    what: `item of the collection "${collectionId}"`,
    send: async () => {
      const added = await client.items.add(collectionId, { content: text, description }, { once: true });
      tokens = added.usage.totalTokens;
      return added.item;
    },
    find: async () => {
      const [found] = withClaim(await items.fresh(collectionId), claimant.claim);
      return found && unlessNotFound(client.items.get(collectionId, found.id));
    },
    isNew: (added) => !before.has(added.id) && (isOwn(added) || comparable(added.content) === comparable(text)),
  });
  const id = `${collectionId}/${item.id}`;
  return { id, state: requireWhole(id, description, item, stateOf(context, inputs, item, { ...kept, tokens })) };
}

/** Makes an item that exists already the resource's own, under the declared description or else the given label. */
async function takeOver(
  context: Context,
  { inputs, tag, kept }: Desired,
  item: Item,
  label: string,
): Promise<Created<State>> {
  const state = await updateMetadata(context, inputs, item.id, { tag, label: inputs.description ?? label, kept });
  return { id: `${inputs.collectionId}/${item.id}`, state };
}

/**
 * Puts this resource's claim beside another one's on an item that is as it is to be: its state was lost, or another
 * stack of the same name has it. Nothing is embedded twice, and neither can delete it from under the other.
 */
async function share(
  context: Context,
  desired: Desired,
  others: readonly TaggedItem[],
): Promise<Created<State> | undefined> {
  const { inputs, tag, claimant, kept } = desired;
  const fitting = others.filter((item) => inputs.description === undefined || sameText(item.title, inputs.description));
  const found = await firstWithContent(context, desired, fitting);
  if (!found) return undefined;
  const { tag: known, title: label } = readDescription(found.description);
  const shared = { ...tag, claims: [...othersIn(known, claimant), claimant.claim] };
  try {
    const state = await updateMetadata(context, inputs, found.id, { tag: shared, label, kept });
    return { id: `${inputs.collectionId}/${found.id}`, state };
  } catch (error) {
    // Only where the API does not change descriptions at all another one is made.
    if (isRefusal(error) || isInitializationFailure(error)) return undefined;
    throw error;
  }
}

/** The first of tagged items whose content is the declared one: a tag alone can be written by anybody. */
async function firstWithContent(
  { client }: Context,
  { inputs: { collectionId }, text, tag }: Desired,
  items: readonly TaggedItem[],
): Promise<Item | undefined> {
  for (const { id, tag: known } of items) {
    if (!sameHash(known.hash, tag.hash)) continue;
    const item = await unlessNotFound(client.items.get(collectionId, id));
    if (item && comparable(item.content) === comparable(text)) return item;
  }
  return undefined;
}

/** Deletes what an interrupted run of this resource has made of a content that the program has changed since. */
async function removeLeftover({ client }: Context, collectionId: string, id: string, tag: Tag): Promise<void> {
  const item = await unlessNotFound(client.items.get(collectionId, id));
  if (item && sameHash(comparableHash(item.content), tag.hash))
    await unlessNotFound(client.items.delete(collectionId, id));
}

/** Names what has the tag of this resource, and may be its own or not. */
async function tellOfOthers(
  { ownership, report }: Context,
  collectionId: string,
  others: readonly TaggedItem[],
): Promise<void> {
  if (others.length === 0) return;
  await ownership.quiet();
  const isKnown = ({ id, tag }: TaggedItem): boolean =>
    ownership.isHeld(`${collectionId}/${id}`) || tag.claims.some((claim) => ownership.hasSeen(claim));
  const ids = others.filter((item) => !isKnown(item)).map(({ id }) => `${collectionId}/${id}`);
  if (ids.length === 0) return;
  await report(
    `Kept ${ids.map((id) => `"${id}"`).join(", ")}: tagged as this resource's, but unknown to its state. ` +
      `An interrupted run may have left it, or another stack of the same name manages it. ` +
      "Unless this deployment deletes it in the end or something else manages it, delete it with: " +
      deletionCommand(...ids),
    { severity: "warning" },
  );
}

/** Answers the state where the API kept the description whole: a cut one could not be recognized after a crash. */
function requireWhole(id: string, description: string, item: ItemSummary, state: State): State {
  if (sameText(item.description, description)) return state;
  throw new InitializationFailure(
    id,
    state,
    `The item "${id}" exists, but the API kept ${item.description.length} of the ${description.length} characters ` +
      `of its description. Shorten the item's description and run "pulumi up" again.`,
  );
}

/** What the state holds of an item that was just written. */
function stateOf({ places }: Pick<Context, "places">, inputs: Inputs, item: ItemSummary, kept: Kept): State {
  const { tag, title: label } = readDescription(item.description);
  const { description, collectionId, contentHash, content, confidential } = inputs;
  return {
    collectionId,
    itemId: item.id,
    contentHash,
    created: item.created,
    description,
    descriptionInApi: description === undefined || description === label ? undefined : label,
    owner: tag && sameOwner(tag, inputs) ? inputs.owner : (tag?.owner ?? ""),
    confidential,
    asset: typeof content === "string" ? undefined : true,
    ...kept,
    ...places.current,
  };
}
