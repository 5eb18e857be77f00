import type { Collection } from "../../client/index.js";
import { clean } from "../../text/clean.js";
import { diff } from "../../pulumi/diff.js";
import { InitializationFailure } from "../../engine/initialization-failure.js";
import type { Context } from "../../session/context.js";
import type { Lifecycle } from "../../pulumi/lifecycle.js";
import { messageOf } from "../../text/error-message.js";
import { unlessNotFound } from "../../api/not-found.js";
import { settleAbandoned } from "../../ownership/creation.js";
import { claimOf } from "../../ownership/claim.js";
import { sameText } from "../../ownership/comparable.js";
import { kept, requireGone } from "../../ownership/deletion.js";
import { isUnknown, type Properties } from "../../engine/values.js";
import { adopted } from "./adoption.js";
import { check } from "./check.js";
import { contentsOf, requireOwnContents } from "./contents.js";
import { findOwn } from "./identity.js";
import { make, renamingRefused, VISIBLE_WITHIN } from "./make.js";
import { fields, type Inputs, type State } from "./schema.js";

/** A collection of a vector store: a name over an id that never changes. */
export const lifecycle = {
  check,

  async diff(state, inputs, { report }, context) {
    if (inputs["forceDestroy"] === true && state["adopted"] === true && state["forceDestroy"] !== true) {
      const contents = await held(context, state["collectionId"]).catch(() => "all that it holds");
      await report(`A deletion of the collection will also delete what this stack did not put there: ${contents ?? "it is empty now"}.`, { urn: urnOf(inputs), severity: "warning" });
    }
    const clash = await clashOf(context, state, inputs).catch(() => undefined);
    if (clash !== undefined) await report(clash, { urn: urnOf(inputs), severity: "warning" });
    return diff(fields, state, inputs);
  },

  async create(context, inputs) {
    const { ownership, places } = context;
    const beginning = { kind: "collection", owner: inputs.owner ?? "", ...places.current } as const;
    const abandoned = await ownership.abandoned(beginning);
    return ownership.create(beginning, abandoned, async (begun) => {
      const existing = await adopted(context, inputs);
      if (existing) begun.answered(existing);
      const collection = existing ?? (await make(context, inputs, begun, abandoned));
      const state = stateOf(context, inputs, collection, { claim: begun.claim, ...(existing && { adopted: true }) });
      requireName(context, collection, inputs, state);
      if (!existing) ownership.made(collection.id);
      if (!existing) await untilVisible(context, state);
      return { id: collection.id, state };
    });
  },

  async read(context, id, state) {
    if (state.collectionId === undefined) return readOfOthers(context, id);
    const found = await findOwn(context, id, state);
    if (!found) return "not-found";
    const { origin, account } = context.places.current;
    const current = { ...(state as State), created: found.created ?? state.created, origin, account };
    if (found.name === (state.nameInApi ?? state.name)) return { id, state: current };
    return { id, state: { ...current, name: clean(found.name), nameInApi: undefined }, inputs: { name: clean(found.name), forceDestroy: state.forceDestroy, confidential: state.confidential } };
  },

  async update(context, id, state, inputs) {
    const found = await findOwn(context, id, state);
    if (!found) throw new Error(`The collection "${id}" is gone from the API. Run "pulumi up --refresh" to recreate it.`);
    const isNamed = found.name === inputs.name || (state.name === inputs.name && found.name === state.nameInApi);
    const collection = isNamed ? found : await renamed(context, id, inputs.name);
    await settleAbandoned(context, "collection", inputs.owner, () => Promise.resolve());
    const after = stateOf(context, inputs, collection, { ...state, claim: claimOf(state) });
    requireName(context, collection, inputs, after);
    return after;
  },

  async delete(context, id, state) {
    const found = await findOwn(context, id, state);
    if (!found) return;
    if (context.ownership.isHeldByAnother(id, state.claim)) return kept(context, `collection "${id}"`, "another resource of this stack has taken it over");
    await requireOwnContents(context, { collectionId: id, adopted: state.adopted, forceDestroy: state.forceDestroy });
    await requireGone(context, {
      what: `collection "${id}"`,
      remove: () => context.client.collections.delete(id),
      isThere: async () => {
        if (await unlessNotFound(context.client.collections.get(id))) return true;
        return (await context.client.collections.list()).some((collection) => collection.id === id);
      },
    });
    context.ownership.released(id, state.claim);
  },
} satisfies Lifecycle<Inputs, State>;

function urnOf({ resourceUrn }: Properties): string | undefined {
  return typeof resourceUrn === "string" ? resourceUrn : undefined;
}

/** So long a preview waits for what it only tells, in milliseconds. */
const TOLD_WITHIN = 5_000;

async function held(context: (() => Context) | undefined, collectionId: unknown): Promise<string | undefined> {
  if (context === undefined || typeof collectionId !== "string") throw new Error("Nothing can be asked.");
  return contentsOf(context(), collectionId, AbortSignal.timeout(TOLD_WITHIN));
}

/** Why the API is going to refuse a new name. */
async function clashOf(context: (() => Context) | undefined, { collectionId, name: before }: Properties, { name }: Properties): Promise<string | undefined> {
  if (context === undefined || typeof collectionId !== "string" || typeof name !== "string" || isUnknown(name) || before === name) return undefined;
  const known = context();
  const all = await known.client.collections.list({ signal: AbortSignal.timeout(TOLD_WITHIN) });
  const taken = all.find((collection) => collection.id !== collectionId && sameText(collection.name, name));
  return taken && renamingRefused(known, taken);
}

/** What the state holds of a collection that was just written. */
function stateOf({ places }: Context, { name, forceDestroy, confidential }: Inputs, collection: Collection, known: Partial<State> & Pick<State, "claim">): State {
  const { origin, account } = places.current;
  const nameInApi = collection.name === name ? undefined : collection.name;
  return {
    name,
    nameInApi,
    collectionId: collection.id,
    created: collection.created ?? known.created,
    adopted: known.adopted,
    forceDestroy,
    confidential,
    origin,
    account,
    claim: known.claim,
  };
}

async function readOfOthers({ client, places }: Context, id: string): Promise<{ id: string; state: State }> {
  const found = await unlessNotFound(client.collections.get(id));
  if (!found) throw new Error(`There is no collection "${id}" to read in this account.`);
  const { name, created } = found;
  return { id, state: { name: clean(name), collectionId: id, created, ...places.current, claim: "" } };
}

async function renamed(context: Context, id: string, name: string): Promise<Collection> {
  const { client } = context;
  const taken = (await client.collections.list()).find((collection) => collection.id !== id && sameText(collection.name, name));
  if (taken) throw new Error(renamingRefused(context, taken));
  const answer = await client.collections.update(id, { name });
  if (answer.id === id) return answer;
  throw new Error(`The API answered the renaming of the collection "${id}" with another collection, "${answer.id}". Run "pulumi up --refresh".`);
}

/** Another form of a name is the API's to choose; another name is not. */
function requireName({ confidential }: Context, collection: Collection, { name }: Inputs, state: State): void {
  if (sameText(collection.name, name)) return;
  throw new InitializationFailure(collection.id, { ...state, name: clean(collection.name), nameInApi: undefined }, `The collection "${collection.id}" exists, but the API keeps ${confidential ? "another name" : `the name "${collection.name}"`}. Declare a name that it keeps, and run "pulumi up" again.`);
}

function unread(state: State, error: unknown): InitializationFailure<State> {
  return new InitializationFailure(state.collectionId, state, `The collection "${state.collectionId}" was made, but could not be read: ${messageOf(error)} Run "pulumi up" again.`);
}

/** Waits until the API finds a collection that it has just made; it can take a moment. */
async function untilVisible(context: Context, state: State): Promise<void> {
  const { clock } = context;
  const deadline = clock.now() + VISIBLE_WITHIN;
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    const answer = await unlessNotFound(context.client.collections.get(state.collectionId)).catch((error: unknown) => {
      throw unread(state, error);
    });
    if (answer) return;
    if (clock.now() >= deadline) {
      throw new InitializationFailure(
        state.collectionId,
        state,
        `The collection "${state.collectionId}" was made, but the API still does not find it after ${VISIBLE_WITHIN / 1000} s. Run "pulumi up" again in a moment.`,
      );
    }
    await clock.sleep(pause).catch((error: unknown) => {
      throw unread(state, error);
    });
  }
}
