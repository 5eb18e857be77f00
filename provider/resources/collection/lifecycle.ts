import { VultrInferenceError, type Collection } from "../../client/index.js";
import { diff } from "../../diff.js";
import { warnIfAccountIsEmpty } from "../../empty-account.js";
import { HalfMade, type Context, type Lifecycle } from "../../lifecycle.js";
import { unlessNotFound } from "../../not-found.js";
import { adopted, likeNamed } from "./adoption.js";
import { check } from "./check.js";
import { requireOrigin } from "./origin.js";
import { fields, type Inputs, type State } from "./schema.js";

/** A collection of a vector store: a name over an id that never changes. */
export const lifecycle = {
  check,
  diff: (state, inputs) => diff(fields, state, inputs),

  async create(context, inputs) {
    const existing = await adopted(context.client, inputs);
    if (existing) return { id: existing.id, state: stateOf(context, existing) };
    const made = await make(context, inputs.name);
    const state = stateOf(context, made);
    await untilVisible(context, state);
    return { id: made.id, state };
  },

  async read(context, id, state) {
    requireOrigin(context.origin, id, state);
    const collection = await unlessNotFound(context.client.collections.get(id));
    if (!collection) return gone(context, id, state);
    const found = stateOf(context, collection);
    return found.name === state.name || state.name === undefined
      ? { id, state: found }
      : { id, state: found, inputs: { name: found.name } };
  },

  async update(context, id, state, inputs) {
    requireOrigin(context.origin, id, state);
    return stateOf(context, await context.client.collections.update(id, { name: inputs.name }));
  },

  async delete(context, id, state) {
    requireOrigin(context.origin, id, state);
    await unlessNotFound(context.client.collections.delete(id));
  },
} satisfies Lifecycle<Inputs, State>;

function stateOf({ origin }: Context, collection: Collection): State {
  return { name: collection.name, collectionId: collection.id, origin };
}

/**
 * Makes a collection. Its answer may get lost: a collection that came up under this name meanwhile is then the one, and
 * no other of this process, since those of one name are made one after the other. What was there before is never taken
 * over without being told to: names are no keys.
 */
function make({ client, log, turns }: Context, name: string): Promise<Collection> {
  return turns.take(`collection ${name}`, async () => {
    const before = await likeNamed(client, name);
    for (const { id } of before) {
      log.warn(`A collection named "${name}" exists already ("${id}"); another one is made. To manage the existing one instead, set adopt: "${id}".`);
    }
    try {
      return await client.collections.create({ name });
    } catch (error) {
      if (!VultrInferenceError.isInstance(error) || !error.ambiguous) throw error;
      const known = new Set(before.map(({ id }) => id));
      const [only, ...others] = (await likeNamed(client, name)).filter(({ id }) => !known.has(id));
      if (only && others.length === 0) return only;
      throw error;
    }
  });
}

/** How long a new collection may stay invisible before that counts as a failure, in milliseconds. */
const VISIBLE_WITHIN = 30_000;

/** Waits until the API finds a collection that it has just made; it can take a moment. */
async function untilVisible(context: Context, state: State): Promise<void> {
  const { clock } = context;
  const deadline = clock.now() + VISIBLE_WITHIN;
  for (let pause = 100; ; pause = Math.min(pause * 2, 2_000)) {
    const answer = await unlessNotFound(context.client.collections.get(state.collectionId)).catch((error: unknown) => {
      throw new HalfMade(state.collectionId, state, `The collection "${state.collectionId}" was made, but could not be read: ${messageOf(error)} Run "pulumi up" again.`);
    });
    if (answer) return;
    if (clock.now() >= deadline) {
      throw new HalfMade(
        state.collectionId,
        state,
        `The collection "${state.collectionId}" was made, but the API still does not find it after ${VISIBLE_WITHIN / 1000} s. Run "pulumi up" again in a moment.`,
      );
    }
    await clock.sleep(pause);
  }
}

async function gone(context: Context, id: string, state: Partial<State>): Promise<"gone"> {
  if (state.collectionId === undefined) throw new Error(`There is no collection "${id}" to read in this account.`);
  await warnIfAccountIsEmpty(context, `collection "${id}"`);
  return "gone";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
