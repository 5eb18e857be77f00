import type { ItemSummary } from "../../client/index.js";
import { readContent } from "../../content.js";
import type { Context, Lifecycle } from "../../lifecycle.js";
import { parseMemberId } from "../../member-id.js";
import { unlessNotFound } from "../../not-found.js";
import { bears, claimantIn, othersIn } from "../../ownership/claim.js";
import { comparableHash } from "../../ownership/comparable.js";
import { deletionCommand, kept, requireGone } from "../../ownership/deletion.js";
import { placeIn, requireAbsence } from "../../ownership/place.js";
import { describe, readDescription, secrecyOf, type Tag } from "../../ownership/tag.js";
import { withClaim } from "../../ownership/tagged.js";
import { check } from "./check.js";
import { make, relabel, title } from "./make.js";
import type { Inputs, State } from "./schema.js";
import { asFound, difference, isUnchanged } from "./state.js";

/** An item of a collection: immutable text under a description that carries the tag of whoever manages it. */
export const lifecycle = {
  check,
  diff: difference,

  async create(context, inputs) {
    const { ownership, places } = context;
    const beginning = { kind: "item", owner: inputs.owner, origin: places.current.origin, collectionId: inputs.collectionId } as const;
    const abandoned = (await ownership.abandoned(beginning)).filter(({ collectionId }) => collectionId === inputs.collectionId);
    return ownership.create(beginning, abandoned, ({ claim }) => make(context, inputs, { claim, abandoned }));
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
    return "gone";
  },

  async update(context, id, state, inputs) {
    const { collectionId, memberId } = parseMemberId("item", id);
    const item = await unlessNotFound(context.client.items.get(collectionId, memberId));
    if (!item) throw new Error(`The item "${id}" is gone from the API. Run "pulumi up --refresh" to make it anew.`);
    const { tag } = readDescription(item.description);
    const claimant = claimantIn(state);
    if (tag && !bears(tag, claimant)) throw new Error(`The item "${id}" is managed by another resource now, and was left as it is. Run "pulumi up --refresh", which makes this resource an item of its own.`);
    for (const leftover of state.leftovers ?? []) await letGo(context, collectionId, leftover, state);
    const text = readContent(inputs.content, { followLinks: inputs.followLinks });
    const own: Tag = { owner: inputs.owner, claims: [...othersIn(tag, claimant), claimant.claim], hash: comparableHash(text), ...secrecyOf(inputs) };
    return relabel(context, inputs, memberId, own, inputs.description ?? title(text), { claim: claimant.claim, formerClaims: state.formerClaims, tokens: state.tokens ?? 0 });
  },

  async delete(context, id, state) {
    const { collectionId, memberId } = parseMemberId("item", id);
    await letGo(context, collectionId, memberId, state);
    for (const leftover of state.leftovers ?? []) await letGo(context, collectionId, leftover, state);
  },
} satisfies Lifecycle<Inputs, State>;

/** Notes that this is the place where the item of a state is. */
function foundAt({ places }: Context, state: Partial<State>): Partial<State> {
  places.found(placeIn(state));
  return state;
}

/** Other items with the claim of this very resource; only lost answers leave any. */
function leftoversIn(listed: ReadonlyMap<string, ItemSummary>, { itemId, claim = "", formerClaims: former = [] }: Partial<State>): readonly string[] | undefined {
  const others = [claim, ...former].flatMap((one) => withClaim(listed, one)).filter(({ id }) => id !== itemId);
  return others.length === 0 ? undefined : [...new Set(others.map(({ id }) => id))];
}

/** Deletes an item that is this resource's alone; one that others manage as well only loses this one's claim. */
async function letGo(context: Context, collectionId: string, itemId: string, state: Partial<State>): Promise<void> {
  const { client, items } = context;
  const what = `item "${collectionId}/${itemId}"`;
  const listed = (await unlessNotFound(items.recent(collectionId)))?.get(itemId);
  // A list may show less of a description than there is.
  const item = listed && readDescription(listed.description).tag ? listed : await unlessNotFound(client.items.get(collectionId, itemId));
  if (!item) return requireAbsence(context, what, placeIn(state));
  const { tag, title: label } = readDescription(item.description);
  const claimant = claimantIn(state);
  if (tag && !bears(tag, claimant)) return kept(context, what, "another resource has taken it over");
  if (!tag && state.itemId === itemId && state.created !== undefined && item.created !== state.created) return kept(context, what, "it is not the one that was deployed");
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
}
