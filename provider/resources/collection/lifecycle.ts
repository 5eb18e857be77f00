import { unlessNotFound } from "../../api/not-found.js";
import type { Collection } from "../../client/index.js";
import { InitializationFailure } from "../../engine/initialization-failure.js";
import { isUnknown, type Properties } from "../../engine/values.js";
import { claimOf } from "../../ownership/claim.js";
import { sameInstant, sameText } from "../../ownership/comparable.js";
import { createOnRecord, settleAbandoned } from "../../ownership/creation.js";
import { kept, requireGone } from "../../ownership/deletion.js";
import { diff, inputsIn } from "../../pulumi/diff.js";
import { urnOf } from "../../pulumi/fields.js";
import type { Lifecycle } from "../../pulumi/lifecycle.js";
import type { Context } from "../../session/context.js";
import { clean } from "../../text/clean.js";
import { messageOf } from "../../text/error-message.js";
import { contentsOf, findOwn, lookUp, renamingRefused, requireOwnContents } from "./existing.js";
import { adopted, make, VISIBLE_WITHIN } from "./make.js";
import { check, fields, type Inputs, type State } from "./schema.js";

/** A collection of a vector store: a name over an id that never changes. */
export const lifecycle = {
  check,

  async diff(state, inputs, { report }, context) {
    if (inputs["forceDestroy"] === true && state["adopted"] === true && state["forceDestroy"] !== true) {
      const contents =
        (await held(context, state["collectionId"]).catch(() => "all that it holds")) ?? "it is empty now";
      const warning = `A deletion of the collection will also delete what this stack did not put there: ${contents}.`;
      await report(warning, { urn: urnOf(inputs), severity: "warning" });
    }
    const clash = await clashOf(context, state, inputs).catch(() => undefined);
    if (clash !== undefined) await report(clash, { urn: urnOf(inputs), severity: "warning" });
    return diff(fields, state, inputs);
  },

  create(context, inputs) {
    return createOnRecord(context, { kind: "collection", owner: inputs.owner ?? "" }, async (begun, abandoned) => {
      const existing = await adopted(context, inputs);
      if (existing) begun.answered(existing);
      const collection = existing ?? (await make(context, inputs, begun, abandoned));
      if (context.confidential) context.ownership.hasSecretName(collection.id);
      const state = stateOf(context, inputs, collection, { claim: begun.claim, ...(existing && { adopted: true }) });
      requireName(context, collection, inputs, state);
      if (!existing) {
        context.ownership.made(collection.id);
        await untilVisible(context, state);
      }
      return { id: collection.id, state };
    });
  },

  async read(context, id, state) {
    if (state.collectionId === undefined) return readOfOthers(context, id);
    const found = await findOwn(context, id, state);
    if (!found) return "not-found";
    const current = { ...(state as State), created: found.created ?? state.created, ...context.places.current };
    if (found.name === (state.nameInApi ?? state.name)) return { id, state: current };
    const drifted = { ...current, name: clean(found.name), nameInApi: undefined };
    return { id, state: drifted, inputs: inputsIn(fields, drifted) };
  },

  async update(context, id, state, inputs) {
    const found = await findOwn(context, id, state);
    if (!found)
      throw new Error(`The collection "${id}" no longer exists in the API. Run "pulumi up --refresh" to recreate it.`);
    const isNamed = found.name === inputs.name || (state.name === inputs.name && found.name === state.nameInApi);
    const collection = isNamed ? found : await renamed(context, id, inputs.name);
    await settleAbandoned(context, "collection", inputs.owner, () => Promise.resolve());
    if (context.confidential) context.ownership.hasSecretName(id);
    const after = stateOf(context, inputs, collection, { ...state, claim: claimOf(state) });
    requireName(context, collection, inputs, after);
    return after;
  },

  async delete(context, id, state) {
    const found = await findOwn(context, id, state);
    if (!found) return;
    const { client, ownership } = context;
    const what = `collection "${id}"`;
    if (ownership.isHeldByAnother(id, state.claim)) {
      return kept(context, what, "another resource of this stack has taken it over");
    }
    await requireOwnContents(context, { collectionId: id, adopted: state.adopted, forceDestroy: state.forceDestroy });
    await requireGone(context, {
      what,
      remove: () => client.collections.delete(id),
      // The name is free once it is gone, and another one that gets the id is a stranger's.
      isThere: async () => {
        const left = await lookUp(client, id);
        return left !== undefined && sameInstant(left.created, found.created);
      },
    });
    ownership.released(id, state.claim);
  },
} satisfies Lifecycle<Inputs, State>;

/** So long a preview waits for what it only tells, in milliseconds. */
const TOLD_WITHIN = 5_000;

async function held(context: (() => Context) | undefined, collectionId: unknown): Promise<string | undefined> {
  if (context === undefined || typeof collectionId !== "string") throw new Error("Nothing can be asked.");
  return contentsOf(context(), collectionId, AbortSignal.timeout(TOLD_WITHIN));
}

/** Why the API is going to refuse a new name. */
async function clashOf(
  context: (() => Context) | undefined,
  state: Properties,
  { name }: Properties,
): Promise<string | undefined> {
  const { collectionId, name: before } = state;
  if (context === undefined || typeof collectionId !== "string") return undefined;
  if (typeof name !== "string" || isUnknown(name) || before === name) return undefined;
  const known = context();
  const all = await known.client.collections.list({ signal: AbortSignal.timeout(TOLD_WITHIN) });
  const taken = all.find((collection) => collection.id !== collectionId && sameText(collection.name, name));
  return taken && renamingRefused(known, taken);
}

/** What the state holds of a collection that was just written. */
function stateOf(
  { places }: Context,
  { name, forceDestroy, confidential }: Inputs,
  collection: Collection,
  known: Partial<State> & Pick<State, "claim">,
): State {
  return {
    name,
    nameInApi: collection.name === name ? undefined : collection.name,
    collectionId: collection.id,
    created: collection.created ?? known.created,
    adopted: known.adopted,
    forceDestroy,
    confidential,
    claim: known.claim,
    ...places.current,
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
  const taken = (await client.collections.list()).find(
    (collection) => collection.id !== id && sameText(collection.name, name),
  );
  if (taken) throw new Error(renamingRefused(context, taken));
  const answer = await client.collections.update(id, { name });
  if (answer.id === id) return answer;
  throw new Error(
    `The API answered the renaming of the collection "${id}" with another collection, "${answer.id}". Run ` +
      `"pulumi up --refresh".`,
  );
}

/** Another form of a name is the API's to choose; another name is not. */
function requireName({ confidential }: Context, collection: Collection, { name }: Inputs, state: State): void {
  if (sameText(collection.name, name)) return;
  const which = confidential ? "another name" : `the name "${collection.name}"`;
  throw new InitializationFailure(
    collection.id,
    { ...state, name: clean(collection.name), nameInApi: undefined },
    `The collection "${collection.id}" exists, but the API keeps ${which}. ` +
      `Declare a name that it keeps, and run "pulumi up" again.`,
  );
}

function unread(state: State, error: unknown): InitializationFailure<State> {
  const id = state.collectionId;
  const reason = `The collection "${id}" was made, but could not be read: ${messageOf(error)} Run "pulumi up" again.`;
  return new InitializationFailure(id, state, reason);
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
        `The collection "${state.collectionId}" was made, but the API still does not find it ` +
          `after ${VISIBLE_WITHIN / 1000} s. Run "pulumi up" again in a moment.`,
      );
    }
    await clock.sleep(pause).catch((error: unknown) => {
      throw unread(state, error);
    });
  }
}
