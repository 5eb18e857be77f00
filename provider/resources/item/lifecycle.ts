import type { Listed } from "../../api/lists.js";
import type { ItemSummary } from "../../client/index.js";
import { readContent } from "../../inputs/content.js";
import type { Context } from "../../session/context.js";
import type { Lifecycle } from "../../pulumi/lifecycle.js";
import { parseMemberId } from "../../ownership/member-id.js";
import { unlessNotFound } from "../../api/not-found.js";
import { bears, claimantIn, othersIn } from "../../ownership/claim.js";
import { settleAbandoned } from "../../ownership/abandoned.js";
import { comparableHash, sameInstant } from "../../ownership/comparable.js";
import { deletionCommand, kept, requireGone } from "../../ownership/deletion.js";
import type { Creation } from "../../ownership/journal.js";
import { placeIn, requireAbsence, requirePlace } from "../../ownership/place.js";
import { describe, readDescription, sameHash, secrecyOf, type Tag } from "../../ownership/tag.js";
import { withClaim } from "../../ownership/tagged.js";
import { check } from "./check.js";
import { make, updateMetadata, title } from "./make.js";
import type { Inputs, State } from "./schema.js";
import { asFound, difference, isUnchanged, type WholeItem } from "./state.js";

/** An item of a collection: immutable text under a description that carries the tag of whoever manages it. */
export const lifecycle = {
  check,
  diff: difference,

  async create(context, inputs) {
    const { ownership, places } = context;
    const { collectionId, owner } = inputs;
    const beginning = { kind: "item", owner, ...places.current, collectionId } as const;
    await requirePlace(context, collectionId);
    const abandoned = await ownership.abandoned(beginning);
    return ownership.create(beginning, abandoned, async ({ claim, sending }) => {
      sending();
      const made = await make(context, inputs, { claim, abandoned: abandoned.filter((creation) => creation.collectionId === collectionId) });
      for (const elsewhere of abandoned) if (elsewhere.collectionId !== collectionId) await letGoOf(context, elsewhere);
      return made;
    });
  },

  async read(context, id, state) {
    const { collectionId, memberId } = parseMemberId("item", id);
    const listed = state.itemId === undefined ? undefined : await unlessNotFound(context.items.recent(collectionId));
    const entry = listed?.get(memberId);
    const leftovers = listed && leftoversIn(listed, state);
    if (entry && isUnchanged(state, entry)) return { id, ...asFound(context, collectionId, foundAt(context, state), { ...entry, content: "" }, leftovers) };
    const item = await unlessNotFound(context.client.items.get(collectionId, memberId));
    if (item) return { id, ...asFound(context, collectionId, bears(readDescription(item.description).tag, claimantIn(state)) ? foundAt(context, state) : state, item, leftovers) };
    if (state.itemId === undefined) throw new Error(`There is no item "${id}" to read. An id is <collection id>/<item id>, as the API knows them.`);
    await requireAbsence(context, `item "${id}"`, placeIn(state));
    return "not-found";
  },

  async update(context, id, state, inputs) {
    const { collectionId, memberId } = parseMemberId("item", id);
    const item = await unlessNotFound(context.client.items.get(collectionId, memberId));
    const { tag } = readDescription(item?.description ?? "");
    const claimant = claimantIn(state);
    if (bears(tag, claimant)) foundAt(context, state);
    await requirePlace(context, collectionId, placeIn(state));
    if (!item) throw new Error(`The item "${id}" is gone from the API. Run "pulumi up --refresh" to recreate it.`);
    if (tag && !bears(tag, claimant)) throw new Error(`The item "${id}" is managed by another resource now, and was left as it is. Run "pulumi up --refresh", which makes this resource an item of its own.`);
    for (const leftover of state.leftovers ?? []) await letGo(context, collectionId, leftover, state);
    await settleAbandoned(context, "item", inputs.owner, (creation) => letGoOf(context, creation));
    const text = textOf(inputs, item, tag);
    const own: Tag = { owner: inputs.owner, claims: [...othersIn(tag, claimant), claimant.claim], hash: comparableHash(text), ...secrecyOf(inputs) };
    return updateMetadata(context, inputs, memberId, own, inputs.description ?? title(text), { claim: claimant.claim, formerClaims: state.formerClaims, tokens: state.tokens ?? 0 });
  },

  async delete(context, id, state) {
    const { collectionId, memberId } = parseMemberId("item", id);
    await letGo(context, collectionId, memberId, state);
    for (const leftover of state.leftovers ?? []) await letGo(context, collectionId, leftover, state);
  },
} satisfies Lifecycle<Inputs, State>;

/** The declared text. Where the option `ignoreChanges` names content, its file may be another one by now, and the API tells. */
function textOf({ content, followLinks }: Inputs, { content: held }: WholeItem, tag: Tag | undefined): string {
  try {
    return readContent(content, { followLinks });
  } catch (error) {
    if (tag && sameHash(tag.hash, comparableHash(held))) return held;
    throw error;
  }
}

/** Notes that this is the place where the item of a state is. */
function foundAt({ places }: Context, state: Partial<State>): Partial<State> {
  places.found(placeIn(state));
  return state;
}

/** Other items with the claim of this very resource; only lost answers leave any. */
function leftoversIn(listed: Listed<ItemSummary>, { itemId, claim = "", formerClaims: former = [] }: Partial<State>): readonly string[] | undefined {
  const others = [claim, ...former].flatMap((one) => withClaim(listed, one)).filter(({ id }) => id !== itemId);
  return others.length === 0 ? undefined : [...new Set(others.map(({ id }) => id))];
}

/** Deletes what an interrupted creation has made. */
async function letGoOf(context: Context, { collectionId = "", claim, owner, origin, account }: Creation): Promise<void> {
  const items = await unlessNotFound(context.items.recent(collectionId));
  for (const { id } of items ? withClaim(items, claim) : []) await letGo(context, collectionId, id, { owner, claim, origin, account });
}

/**
 * Deletes an item that is this resource's alone; one that others manage as well only loses this one's claim. Of one that the
 * state does not name, the content must be what its tag stands for: a description can be copied.
 */
function letGo(context: Context, collectionId: string, itemId: string, state: Partial<State>): Promise<void> {
  const { client, items, turns } = context;
  const what = `item "${collectionId}/${itemId}"`;
  // Two resources that both have it would otherwise each leave it to the other.
  return turns.take(what, async () => {
    const item = await unlessNotFound(client.items.get(collectionId, itemId));
    if (!item) return requireAbsence(context, what, placeIn(state));
    const { tag, title: label } = readDescription(item.description);
    const claimant = claimantIn(state);
    if (tag && !bears(tag, claimant)) return kept(context, what, "another resource has taken it over");
    if (!tag && state.itemId === itemId && state.created !== undefined && !sameInstant(item.created, state.created)) return kept(context, what, "it is not the one that was deployed");
    if (state.itemId !== itemId && !(tag && sameHash(tag.hash, comparableHash(item.content)))) return kept(context, what, "its content is not what this resource has made, though it is tagged so");
    const others = othersIn(tag, claimant);
    if (tag && others.length > 0) {
      await client.items.update(collectionId, itemId, { description: describe({ ...tag, claims: others }, label) });
      return kept(context, what, `a state that this one does not know, of a stack of the same name or one that was lost, has it, too. If nothing manages it, delete it with: ${deletionCommand(`${collectionId}/${itemId}`)}`);
    }
    await requireGone(context, {
      what,
      remove: () => client.items.delete(collectionId, itemId),
      isThere: async () => (await unlessNotFound(items.after(collectionId)))?.has(itemId) === true,
    });
  });
}
