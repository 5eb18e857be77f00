import { isDeepStrictEqual } from "node:util";
import type { Listed } from "../../api/lists.js";
import { unlessNotFound } from "../../api/not-found.js";
import type { Item, ItemSummary } from "../../client/index.js";
import type { Properties } from "../../engine/values.js";
import { readContent } from "../../inputs/content.js";
import { sha256 } from "../../inputs/hash.js";
import { bears, claimantIn, othersIn, type Claimant } from "../../ownership/claim.js";
import { comparableHash, sameInstant } from "../../ownership/comparable.js";
import { createOnRecord, settleAbandoned } from "../../ownership/creation.js";
import { deletionCommand, kept } from "../../ownership/deletion.js";
import type { Creation } from "../../ownership/journal.js";
import { parseMemberId, removeMember, requireAbsentMember, requireMember } from "../../ownership/member.js";
import { placeIn, requireAbsence } from "../../ownership/place.js";
import { describe, readDescription, sameHash, sameOwner, secrecyOf, type Tag } from "../../ownership/tag.js";
import { withClaim } from "../../ownership/tagged.js";
import { diff, inputsIn, type Difference } from "../../pulumi/diff.js";
import type { Lifecycle } from "../../pulumi/lifecycle.js";
import type { Context } from "../../session/context.js";
import { clean } from "../../text/clean.js";
import { make, title, updateMetadata } from "./make.js";
import { check, fields, type Inputs, type State } from "./schema.js";

/** An item of a collection: immutable text under a description that carries the tag of whoever manages it. */
export const lifecycle = {
  check,

  /**
   * Besides changes of the inputs: an item that another resource has taken over gets a successor, and what came too
   * late goes.
   */
  diff(state, inputs): Difference {
    const { changes, replaces } = diff(fields, state, inputs);
    if (state["claim"] === "") return { changes: true, replaces: replaces.length > 0 ? replaces : ["owner"] };
    return { changes: changes || !isDeepStrictEqual(state["leftovers"] ?? [], []), replaces };
  },

  create(context, inputs) {
    const { collectionId, owner } = inputs;
    return createOnRecord(context, { kind: "item", owner, collectionId }, async ({ claim, sending }, abandoned) => {
      sending();
      const here = abandoned.filter((creation) => creation.collectionId === collectionId);
      const made = await make(context, inputs, claim, here);
      for (const creation of abandoned) if (!here.includes(creation)) await letGoOf(context, creation);
      return made;
    });
  },

  async read(context, id, state) {
    const { collectionId, memberId } = parseMemberId("item", id);
    const listed = state.itemId === undefined ? undefined : await unlessNotFound(context.items.recent(collectionId));
    const current = { ...context.places.current, leftovers: listed && leftoversIn(listed, state) };
    const entry = listed?.get(memberId);
    if (entry && isUnchanged(state, entry)) {
      context.places.found(placeIn(state));
      return { id, state: { ...(state as State), ...current } };
    }
    const item = await unlessNotFound(context.client.items.get(collectionId, memberId));
    if (!item) return requireAbsentMember(context, "item", id, state);
    if (bears(tagOf(item), claimantIn(state))) context.places.found(placeIn(state));
    if (isUnchanged(state, item)) return { id, state: { ...(state as State), ...current } };
    return { id, ...asFound(collectionId, { ...state, ...current }, item) };
  },

  async update(context, id, state, inputs) {
    const { collectionId, memberId } = parseMemberId("item", id);
    const claimant = claimantIn(state);
    const found = await unlessNotFound(context.client.items.get(collectionId, memberId));
    const tag = found && tagOf(found);
    const item = await requireMember(context, "item", id, { state, found, isOwn: bears(tag, claimant) });
    if (tag && !bears(tag, claimant)) {
      throw new Error(
        `The item "${id}" is managed by another resource now, and was left as it is. ` +
          `Run "pulumi up --refresh", which makes this resource an item of its own.`,
      );
    }
    for (const leftover of state.leftovers ?? []) await letGo(context, collectionId, leftover, state);
    await settleAbandoned(context, "item", inputs.owner, (creation) => letGoOf(context, creation));
    const text = textOf(inputs, item);
    const kept = { claim: claimant.claim, formerClaims: state.formerClaims, tokens: state.tokens ?? 0 };
    const label = inputs.description ?? title(text);
    return updateMetadata(context, inputs, memberId, { tag: tagFor(inputs, text, tag, claimant), label, kept });
  },

  async delete(context, id, state) {
    const { collectionId, memberId } = parseMemberId("item", id);
    await letGo(context, collectionId, memberId, state);
    for (const leftover of state.leftovers ?? []) await letGo(context, collectionId, leftover, state);
  },
} satisfies Lifecycle<Inputs, State>;

function tagOf({ description }: ItemSummary): Tag | undefined {
  return readDescription(description).tag;
}

function tagFor(inputs: Inputs, text: string, known: Tag | undefined, claimant: Claimant): Tag {
  const claims = [...othersIn(known, claimant), claimant.claim];
  return { owner: inputs.owner, claims, hash: comparableHash(text), ...secrecyOf(inputs) };
}

/**
 * The declared text. Where the option `ignoreChanges` names content, its file may be another one by now, and the API
 * tells.
 */
function textOf({ content, followLinks }: Inputs, item: Item): string {
  try {
    return readContent(content, { followLinks });
  } catch (error) {
    const tag = tagOf(item);
    if (tag && sameHash(tag.hash, comparableHash(item.content))) return item.content;
    throw error;
  }
}

/** Whether an item is as the state says. A description that the program does not declare may be any. */
function isUnchanged(state: Partial<State>, item: ItemSummary): boolean {
  const { tag, title: label } = readDescription(item.description);
  const isOwn = tag !== undefined && bears(tag, claimantIn(state)) && sameOwner(tag, { owner: state.owner ?? "" });
  return isOwn && (state.description === undefined || label === (state.descriptionInApi ?? state.description));
}

/**
 * What the state shall hold of an item that has drifted. The inputs follow, so that the next preview shows it property
 * by property.
 */
function asFound(collectionId: string, state: Partial<State>, item: Item): { state: State; inputs?: Properties } {
  const { tag, title: label } = readDescription(item.description);
  const isManaged = state.itemId !== undefined;
  const isOwn = isManaged && tag !== undefined && bears(tag, claimantIn(state));
  const isLost = isManaged && tag !== undefined && !isOwn;
  const hasContent = isOwn && sameHash(tag.hash, comparableHash(item.content));
  const isLabelKept = label === state.descriptionInApi;
  const found: State = {
    ...state,
    collectionId,
    itemId: item.id,
    contentHash: hasContent ? (state.contentHash ?? "") : sha256(item.content),
    created: item.created,
    tokens: state.tokens ?? 0,
    description:
      isManaged && state.description === undefined ? undefined : isLabelKept ? state.description : clean(label),
    descriptionInApi: isLabelKept ? label : undefined,
    owner: tag?.owner ?? "",
    ...(isLost && { claim: "" }),
  };
  // The text of an asset stays out of the state, and nothing stands in for it: there the outputs alone tell the drift.
  if (!isManaged || state.asset) return { state: found };
  const { contentHash } = found;
  return {
    state: found,
    inputs: { ...inputsIn(fields, found), content: item.content, contentHash, owner: state.owner },
  };
}

/** Other items with the claim of this very resource; only lost answers leave any. */
function leftoversIn(listed: Listed<ItemSummary>, state: Partial<State>): readonly string[] | undefined {
  const { itemId, claim = "", formerClaims = [] } = state;
  const others = [claim, ...formerClaims].flatMap((one) => withClaim(listed, one)).filter(({ id }) => id !== itemId);
  return others.length === 0 ? undefined : [...new Set(others.map(({ id }) => id))];
}

/** Deletes what an interrupted creation has made. */
async function letGoOf(
  context: Context,
  { collectionId = "", claim, owner, origin, account }: Creation,
): Promise<void> {
  const items = await unlessNotFound(context.items.recent(collectionId));
  for (const { id } of items ? withClaim(items, claim) : []) {
    await letGo(context, collectionId, id, { owner, claim, origin, account });
  }
}

/** At an address that is not the API's everything is answered with 404: only beside a list that counts as an answer. */
async function found({ client, items }: Context, collectionId: string, itemId: string): Promise<Item | undefined> {
  const item = await unlessNotFound(client.items.get(collectionId, itemId));
  if (item) return item;
  const listed = await unlessNotFound(items.recent(collectionId));
  return listed?.has(itemId) === true ? client.items.get(collectionId, itemId) : undefined;
}

/** Deletes an item that is this resource's alone; one that others manage as well only loses this one's claim. */
function letGo(context: Context, collectionId: string, itemId: string, state: Partial<State>): Promise<void> {
  const { client, turns } = context;
  const what = `item "${collectionId}/${itemId}"`;
  // Two resources that both have it would otherwise each leave it to the other.
  return turns.take(what, async () => {
    const item = await found(context, collectionId, itemId);
    if (!item) return requireAbsence(context, what, placeIn(state));
    const reason = reasonToKeep(itemId, item, state);
    if (reason !== undefined) return kept(context, what, reason);
    const { tag, title: label } = readDescription(item.description);
    const others = othersIn(tag, claimantIn(state));
    if (!tag || others.length === 0) return removeMember(context, "item", { collectionId, memberId: itemId });
    await client.items.update(collectionId, itemId, { description: describe({ ...tag, claims: others }, label) });
    return kept(
      context,
      what,
      `a state that this one does not know, of a stack of the same name or one that was lost, has it, too. ` +
        `If nothing manages it, delete it with: ${deletionCommand(`${collectionId}/${itemId}`)}`,
    );
  });
}

/**
 * Why an item is not this resource's to delete. Of one that the state does not name, a description proves nothing: it
 * can be copied.
 */
function reasonToKeep(itemId: string, item: Item, state: Partial<State>): string | undefined {
  const tag = tagOf(item);
  const isNamed = state.itemId === itemId;
  if (tag && !bears(tag, claimantIn(state))) return "another resource has taken it over";
  if (!tag && isNamed && state.created !== undefined && !sameInstant(item.created, state.created)) {
    return "it is not the one that was deployed";
  }
  const isAsTagged = tag !== undefined && sameHash(tag.hash, comparableHash(item.content));
  return isNamed || isAsTagged ? undefined : "its content is not what this resource has made, though it is tagged so";
}
