import { VultrInferenceError } from "../../../client/index.js";
import type { Context } from "../../../lifecycle.js";
import { unlessNotFound } from "../../../not-found.js";
import type { Have, Target } from "./have.js";
import type { Kept } from "./kept.js";
import { each } from "./pool.js";
import { Progress } from "./progress.js";
import { bearsMark, cutMark, type Failure } from "./upload.js";
import { descriptionOf, type Want } from "./want.js";

/** Gives items the descriptions of the pieces that they now are; their content stays. */
export async function relabel(
  context: Context,
  target: Target,
  pairs: readonly { readonly want: Want; readonly have: Have }[],
  urn: string | undefined,
): Promise<{ readonly done: readonly Kept[]; readonly failures: readonly Failure[] }> {
  const done: Kept[] = [];
  const failures: Failure[] = [];
  const progress = new Progress(context, pairs.length, "piece", " relabelled", urn);
  await each(context.concurrency, pairs, async ({ want, have }) => {
    try {
      const { id, created, description } = await context.client.items.update(target.collectionId, have.id, { description: descriptionOf(target, want) });
      done.push({ name: want.name, want, id, created, description });
      if (!bearsMark(description)) failures.push({ want, reason: cutMark(description) });
    } catch (error) {
      if (!VultrInferenceError.isInstance(error)) throw error;
      // It is there all the same.
      done.push({ ...have, name: want.name, want });
      failures.push({ want, reason: error.message });
    }
    progress.step();
  });
  return { done, failures };
}

/** An item that is still there. */
export interface RemovalFailure {
  readonly id: string;
  readonly reason: string;
}

/** Deletes items. One that is gone already is no error. */
export async function remove(context: Context, { collectionId }: Pick<Target, "collectionId">, ids: readonly string[], urn: string | undefined): Promise<{ readonly failures: readonly RemovalFailure[] }> {
  const failures: RemovalFailure[] = [];
  const progress = new Progress(context, ids.length, "old piece", " deleted", urn);
  await each(context.concurrency, ids, async (id) => {
    try {
      await unlessNotFound(context.client.items.delete(collectionId, id));
    } catch (error) {
      if (!VultrInferenceError.isInstance(error)) throw error;
      failures.push({ id, reason: error.message });
    }
    progress.step();
  });
  return { failures };
}
