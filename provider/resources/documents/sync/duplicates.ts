import { VultrInferenceError, type ItemSummary } from "../../../client/index.js";
import type { Context } from "../../../lifecycle.js";
import { unlessNotFound } from "../../../not-found.js";
import { grouped, keyText } from "../plan.js";
import { byAge, markedItems, proven, type Have, type Target } from "./have.js";
import { listShowing } from "./list-showing.js";
import { each } from "./pool.js";

/** What a run takes to be there. */
export interface Mine {
  /** The declared pieces. */
  readonly there: readonly Have[];
  /** Ids of those of them that this run has uploaded. */
  readonly uploaded: ReadonlySet<string>;
}

/** What came of it. */
export interface Settled {
  /** What is there in the place of a piece, by the id that it stands in for. */
  readonly replaced: ReadonlyMap<string, Have>;
  /** Why it is not certain that everything is there once. */
  readonly doubt?: string;
}

/**
 * Ends with one item for each piece, also where another run of the same resource has uploaded the same at the same time:
 * both keep the oldest. What the list at the beginning did not show yet, and is not declared, goes as well.
 */
export async function settleDuplicates(context: Context, target: Target, { there, uploaded }: Mine): Promise<Settled> {
  const replaced = new Map<string, Have>();
  try {
    const listed = await listShowing(context, target.collectionId, uploaded);
    if (!listed) return { replaced, doubt: "the list of the collection lags behind what was uploaded." };
    const own = new Map(there.map((piece) => [keyText(piece), piece]));
    const superfluous: Have[] = [];
    for (const [key, others] of grouped(await foreign(context, target, { there, uploaded }, listed), keyText)) {
      const piece = own.get(key);
      const [first, ...rest] = piece ? [piece, ...others].sort(byAge) : [undefined, ...others];
      superfluous.push(...rest.filter((one) => one !== undefined));
      if (piece && first && first.id !== piece.id) replaced.set(piece.id, first);
    }
    await each(context.concurrency, superfluous, async ({ id }) => {
      await unlessNotFound(context.client.items.delete(target.collectionId, id));
    });
    return { replaced };
  } catch (error) {
    if (!VultrInferenceError.isInstance(error)) throw error;
    return { replaced, doubt: error.message };
  }
}

/** Pieces of the resource that this run does not know, but those that another run, which declares other documents, uploads just now. */
async function foreign(context: Context, target: Target, { there, uploaded }: Mine, listed: ReadonlyMap<string, ItemSummary>): Promise<Have[]> {
  const ids = new Set(there.map(({ id }) => id));
  const keys = new Set(there.map(keyText));
  const began = there.filter(({ id }) => uploaded.has(id)).reduce((first, { created }) => (first === "" || created < first ? created : first), "");
  return proven(context, target, markedItems(target, listed.values()).filter((item) => !ids.has(item.id) && (keys.has(keyText(item)) || item.created <= began)));
}
