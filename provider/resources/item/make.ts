import type { ItemSummary } from "../../client/index.js";
import { readContent } from "../../inputs/content.js";
import { InitializationFailure, isInitializationFailure } from "../../engine/initialization-failure.js";
import type { Context } from "../../session/context.js";
import type { Created } from "../../pulumi/lifecycle.js";
import { unlessNotFound } from "../../api/not-found.js";
import { addOnce, isRefusal } from "../../api/create-once.js";
import { bears, formerClaims, othersIn, type Claimant } from "../../ownership/claim.js";
import { comparable, comparableHash, sameText } from "../../ownership/comparable.js";
import { deletionCommand } from "../../ownership/deletion.js";
import type { Creation } from "../../ownership/journal.js";
import { describe, readDescription, sameHash, secrecyOf, type Tag } from "../../ownership/tag.js";
import { ofOwner, withClaim, type TaggedItem } from "../../ownership/tagged.js";
import { adopted } from "./adoption.js";
import type { Inputs, State } from "./schema.js";
import { stateOf, type WholeItem } from "./state.js";

/** What an item is to be, and whose. */
interface Desired {
  readonly inputs: Inputs;
  readonly text: string;
  readonly tag: Tag;
  readonly claimant: Claimant;
  /** What the state keeps of the claims. */
  readonly claims: Pick<State, "claim" | "formerClaims">;
}

/**
 * Makes an item, or takes over one: the one that the inputs name, the one that an interrupted run has made for this very
 * resource, or else one like it that another state has as well.
 */
export async function make(context: Context, inputs: Inputs, { claim, abandoned }: { readonly claim: string; readonly abandoned: readonly Creation[] }): Promise<Created<State>> {
  const text = readContent(inputs.content, { followLinks: inputs.followLinks });
  const { owner } = inputs;
  const claimant = { owner, claim, former: new Set(abandoned.map((creation) => creation.claim)) };
  const desired: Desired = { inputs, text, tag: { owner, claims: [claim], hash: comparableHash(text), ...secrecyOf(inputs) }, claimant, claims: { claim, formerClaims: formerClaims(abandoned) } };
  const existing = await adopted(context, inputs, text);
  if (existing) return takeOver(context, desired, existing, readDescription(existing.description).title);

  const like = ofOwner((await context.items.first(inputs.collectionId)).values(), inputs.owner, "item");
  const isOwn = ({ tag }: TaggedItem): boolean => othersIn(tag, claimant).length === 0;
  const [own, others] = [like.filter(isOwn), like.filter((item) => !isOwn(item))];
  const left = await firstWithContent(context, desired, own);
  const made = left ? await takeOver(context, desired, left, title(text)) : ((await share(context, desired, others)) ?? (await add(context, desired)));
  for (const { id, tag } of own) if (id !== left?.id) await removeLeftover(context, inputs.collectionId, id, tag);
  const shared = made.state.itemId;
  await tellOfOthers(context, inputs.collectionId, others.filter(({ id }) => id !== shared));
  return made;
}

/** Gives an item the declared description and the tag; with the claims that it is to keep. */
export async function updateMetadata({ client, places }: Context, inputs: Inputs, itemId: string, tag: Tag, label: string, known: Pick<State, "claim" | "formerClaims" | "tokens">): Promise<State> {
  const { collectionId } = inputs;
  const description = describe(tag, label);
  const item = await client.items.update(collectionId, itemId, { description });
  if (item.id !== itemId) throw new Error(`The API answered the change of the item "${collectionId}/${itemId}" with another item. Run "pulumi up --refresh".`);
  return requireWhole(`${collectionId}/${itemId}`, description, item, stateOf({ places }, inputs, item, known));
}

const TITLE_LENGTH = 80;

/** The beginning of a text, in one line. */
export function title(text: string): string {
  const letters = Array.from(text.trim().replaceAll(/\s+/gu, " "));
  return letters.length <= TITLE_LENGTH ? letters.join("") : `${letters.slice(0, TITLE_LENGTH - 1).join("").trimEnd()}…`;
}

async function add(context: Context, { inputs, text, tag, claimant, claims }: Desired): Promise<Created<State>> {
  const { client, items, places } = context;
  const { collectionId } = inputs;
  const description = describe(tag, inputs.description ?? title(text));
  const known = await items.first(collectionId);
  const before = new Set(known.keys());
  let tokens = 0;
  const item = await addOnce<ItemSummary & { readonly content: string }>(context, {
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
    isNew: (added) => !before.has(added.id) && (bears(readDescription(added.description).tag, claimant) || comparable(added.content) === comparable(text)),
  });
  const id = `${collectionId}/${item.id}`;
  return { id, state: requireWhole(id, description, item, stateOf({ places }, inputs, item, { ...claims, tokens })) };
}

/** Makes an item that exists already the resource's own, under the declared description or else the given label. */
async function takeOver(context: Context, { inputs, tag, claims }: Desired, item: WholeItem, label: string): Promise<Created<State>> {
  const id = `${inputs.collectionId}/${item.id}`;
  return { id, state: await updateMetadata(context, inputs, item.id, tag, inputs.description ?? label, { ...claims, tokens: 0 }) };
}

/**
 * Puts this resource's claim beside another one's on an item that is as it is to be: its state was lost, or another stack
 * of the same name has it. Nothing is embedded twice, and neither can delete it from under the other.
 */
async function share(context: Context, desired: Desired, others: readonly TaggedItem[]): Promise<Created<State> | undefined> {
  const { inputs, tag, claimant, claims } = desired;
  const fitting = others.filter((item) => inputs.description === undefined || sameText(item.title, inputs.description));
  const found = await firstWithContent(context, desired, fitting);
  if (!found) return undefined;
  const { tag: known, title: label } = readDescription(found.description);
  const all = [...othersIn(known, claimant), claimant.claim];
  const state = await updateMetadata(context, inputs, found.id, { ...tag, claims: all }, label, { ...claims, tokens: 0 }).catch((error: unknown) => {
    // Only where the API does not change descriptions at all another one is made.
    if (isRefusal(error) || isInitializationFailure(error)) return undefined;
    throw error;
  });
  return state && { id: `${inputs.collectionId}/${found.id}`, state };
}

/** The first of tagged items whose content is the declared one: a tag alone can be written by anybody. */
async function firstWithContent({ client }: Context, { inputs: { collectionId }, text, tag }: Desired, items: readonly TaggedItem[]): Promise<WholeItem | undefined> {
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
  if (item && sameHash(comparableHash(item.content), tag.hash)) await unlessNotFound(client.items.delete(collectionId, id));
}

/** Names what has the tag of this resource, and may be its own or not. */
async function tellOfOthers({ ownership, report }: Context, collectionId: string, others: readonly TaggedItem[]): Promise<void> {
  if (others.length === 0) return;
  await ownership.quiet();
  const unknown = others.filter(({ id, tag }) => !ownership.isHeld(`${collectionId}/${id}`) && !tag.claims.some((claim) => ownership.hasSeen(claim)));
  if (unknown.length === 0) return;
  const ids = unknown.map(({ id }) => `${collectionId}/${id}`);
  await report(
    `Kept ${ids.map((id) => `"${id}"`).join(", ")}: tagged as this resource's, but unknown to its state. An interrupted run may have left it, or another stack of the same name manages it. ` +
      `Unless this deployment deletes it in the end or something else manages it, delete it with: ${deletionCommand(...ids)}`,
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
