import type { ItemSummary } from "../../../client/index.js";
import type { Context } from "../../../lifecycle.js";
import { unlessNotFound } from "../../../not-found.js";
import { labelOf } from "../../../title.js";
import { count } from "../words.js";
import { each } from "./pool.js";

/** Items that bear no mark of this provider. What the API made of files looks the same. */
function unmarked(items: Iterable<ItemSummary>): ItemSummary[] {
  return Array.from(items).filter(({ description }) => !labelOf(description).isMarked);
}

/** How many items nothing manages, and whether they can be told from what the API made of files. */
export interface Unmanaged {
  readonly count: number;
  /** Not there where the collection has files, whose pieces bear no mark either. */
  readonly items?: readonly ItemSummary[] | undefined;
}

/** Finds what nothing of this provider manages. */
export async function unmanagedOf(context: Context, collectionId: string, items: Iterable<ItemSummary>): Promise<Unmanaged> {
  const found = unmarked(items);
  if (found.length === 0) return { count: 0, items: [] };
  const files = Array.from((await context.files.fresh(collectionId)).values());
  if (files.length === 0) return { count: found.length, items: found };
  return { count: Math.max(0, found.length - files.reduce((sum, file) => sum + file.items, 0)) };
}

/** Reports or deletes what nothing manages. @returns how many items are left; nothing where nobody wants to know. */
export async function settleUnmanaged(context: Context, collectionId: string, how: "ignore" | "report" | "prune", items: Iterable<ItemSummary>, urn: string | undefined): Promise<number | undefined> {
  if (how === "ignore") return undefined;
  const { count: found, items: certain } = await unmanagedOf(context, collectionId, items);
  if (found === 0) return 0;
  if (how === "prune" && certain) {
    await each(context.concurrency, certain, async ({ id }) => {
      await unlessNotFound(context.client.items.delete(collectionId, id));
    });
    return 0;
  }
  const why = how === "prune" ? ". They are not pruned: the collection has files, and what the API made of those looks the same" : "";
  await context.report(`The collection "${collectionId}" holds ${count(found, "item")} that nothing manages${why}.`, { urn, severity: "warning" });
  return found;
}
