import { VultrInferenceError, type ItemSummary } from "../../client/index.js";
import { readContent } from "../../content.js";
import { diff } from "../../diff.js";
import { warnIfAccountIsEmpty } from "../../empty-account.js";
import { HalfMade, type Context, type Created, type Lifecycle } from "../../lifecycle.js";
import { itemMarker, readDescription, withMarker, type ItemMarker } from "../../marker.js";
import { parseMemberId } from "../../member-id.js";
import { unlessNotFound } from "../../not-found.js";
import { adopted } from "./adoption.js";
import { check } from "./check.js";
import { leftBehind, removeOutdated, type WholeItem } from "./left-behind.js";
import { fields, type Inputs, type State } from "./schema.js";
import { asFound, isUnchanged, stateOf } from "./state.js";

/** An item of a collection: immutable text under a description that carries the marker of whoever manages it. */
export const lifecycle = {
  check,
  diff: (state, inputs) => diff(fields, state, inputs),

  async create(context, inputs) {
    const existing = await adopted(context, inputs);
    return existing ? takeOver(context, inputs, existing, readDescription(existing.description).title) : make(context, inputs);
  },

  async read(context, id, state) {
    const { collectionId, memberId } = parseMemberId("item", id);
    const managed = state.itemId !== undefined;
    const listed = managed ? await unlessNotFound(context.items.recent(collectionId)) : undefined;
    if (isUnchanged(state, listed?.get(memberId))) return { id, state: state as State };
    const item = await unlessNotFound(context.client.items.get(collectionId, memberId));
    if (item) return { id, ...asFound(collectionId, state, item) };
    if (!managed) throw new Error(`There is no item "${id}" to read. An id is <collection id>/<item id>, as the API knows them.`);
    await warnIfAccountIsEmpty(context, `item "${id}"`);
    return "gone";
  },

  async update(context, id, state, inputs) {
    const label = inputs.description ?? title(await readContent(inputs.content));
    return relabel(context, id, inputs, withMarker(markerOf(inputs), label), state.tokens ?? 0);
  },

  async delete(context, id) {
    const { collectionId, memberId } = parseMemberId("item", id);
    await unlessNotFound(context.client.items.delete(collectionId, memberId));
  },
} satisfies Lifecycle<Inputs, State>;

function idOf({ collectionId }: Inputs, { id }: ItemSummary): string {
  return `${collectionId}/${id}`;
}

function markerOf({ owner, generation, contentHash }: Inputs): ItemMarker {
  return itemMarker(owner, generation, contentHash);
}

const TITLE_LENGTH = 80;

/** The beginning of a text, in one line. */
function title(text: string): string {
  const letters = Array.from(text.trim().replaceAll(/\s+/gu, " "));
  return letters.length <= TITLE_LENGTH ? letters.join("") : `${letters.slice(0, TITLE_LENGTH - 1).join("").trimEnd()}…`;
}

/** Makes an item, or takes over the one that an interrupted run made for this very resource. */
async function make(context: Context, inputs: Inputs): Promise<Created<State>> {
  const text = await readContent(inputs.content);
  const marker = markerOf(inputs);
  const before = await context.items.first(inputs.collectionId);
  const left = await leftBehind(context.client, inputs.collectionId, marker, before);
  const description = withMarker(marker, inputs.description ?? title(text));
  const { item, tokens } = left ? { item: left, tokens: 0 } : await add(context, inputs, text, description);
  await removeOutdated(context.client, inputs.collectionId, marker, before);
  if (left) return takeOver(context, inputs, left, title(text));
  const id = idOf(inputs, item);
  return { id, state: requireWhole(id, description, item, stateOf(inputs, item, tokens)) };
}

async function add({ client, items }: Context, inputs: Inputs, text: string, description: string): Promise<{ item: WholeItem; tokens: number }> {
  try {
    const { item, usage } = await client.items.add(inputs.collectionId, { content: text, description });
    return { item, tokens: usage.totalTokens };
  } catch (error) {
    if (!VultrInferenceError.isInstance(error) || !error.ambiguous) throw error;
    const item = await leftBehind(client, inputs.collectionId, markerOf(inputs), await items.fresh(inputs.collectionId));
    if (!item) throw error;
    return { item, tokens: 0 };
  }
}

/** Makes an item that exists already the resource's own, under the declared description or else the given label. */
async function takeOver(context: Context, inputs: Inputs, item: WholeItem, label: string): Promise<Created<State>> {
  const description = withMarker(markerOf(inputs), inputs.description ?? label);
  const id = idOf(inputs, item);
  return { id, state: item.description === description ? stateOf(inputs, item, 0) : await relabel(context, id, inputs, description, 0) };
}

async function relabel({ client }: Context, id: string, inputs: Inputs, description: string, tokens: number): Promise<State> {
  const { collectionId, memberId } = parseMemberId("item", id);
  const item = await client.items.update(collectionId, memberId, { description });
  return requireWhole(id, description, item, stateOf(inputs, item, tokens));
}

/** Answers the state where the API kept the description whole: a cut one could not be recognized after a crash. */
function requireWhole(id: string, description: string, item: ItemSummary, state: State): State {
  if (item.description === description) return state;
  throw new HalfMade(
    id,
    state,
    `The item "${id}" exists, but the API kept ${item.description.length} of the ${description.length} characters ` +
      `of its description. Shorten the item's description and run "pulumi up" again.`,
  );
}
