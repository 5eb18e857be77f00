import { toldId } from "../../../client/http/path.js";
import { clean, shorten } from "../../../text/clean.js";
import type { ItemSummary } from "../../../client/index.js";
import { VultrInferenceError } from "../../../client/http/errors.js";
import type { Context } from "../../../session/context.js";
import { unlessNotFound } from "../../../api/not-found.js";
import { each, tryEach } from "../../../api/pool.js";
import { count, number } from "../../../text/quantity.js";
import { mayBeManaged } from "../../../ownership/title.js";
import { DEFAULT_MAX_DELETE_PERCENT } from "../guards.js";
import { readIds, readManifest, writeIds } from "../manifest.js";
import type { Inputs, State } from "../schema.js";
import { quote } from "../source/names.js";

/** How many items nothing manages, and which, where that can be told. */
export interface Unmanaged {
  readonly count: number;
  /** Not there where the collection has files, whose chunks bear no tag either. */
  readonly items?: readonly ItemSummary[] | undefined;
}

/**
 * Finds what nothing of this provider manages: what bears no tag and is in no state that this process has seen.
 *
 * @param own the ids that the resource's own state has. @param once those that bore a tag once: somebody manages them.
 */
export async function unmanagedOf(
  context: Context,
  collectionId: string,
  items: Iterable<ItemSummary>,
  own: ReadonlySet<string>,
  once: ReadonlySet<string>,
): Promise<Unmanaged> {
  const untagged = Array.from(items).filter(({ id, description }) => !own.has(id) && !mayBeManaged(description));
  if (untagged.length === 0) return { count: 0, items: [] };
  // Whatever else of the stack manages one of them has been seen by then.
  await context.ownership.quiet();
  const { ids, hasFiles } = managedIn(context, collectionId);
  const found = untagged.filter(({ id }) => !ids.has(id) && !once.has(id));
  const files = Array.from((await context.files.fresh(collectionId)).values());
  if (files.length === 0) return hasFiles ? { count: found.length } : { count: found.length, items: found };
  return { count: Math.max(0, found.length - files.reduce((sum, file) => sum + file.items, 0)) };
}

/** What the states that this process has seen have in a collection. */
function managedIn(
  { ownership }: Context,
  collectionId: string,
): { readonly ids: ReadonlySet<string>; readonly hasFiles: boolean } {
  const states = [...ownership.states.values()].filter((state) => state["collectionId"] === collectionId);
  const ids = states.flatMap(({ itemId, manifest }) => [
    ...(typeof itemId === "string" ? [itemId] : []),
    ...(typeof manifest === "string"
      ? Array.from(readManifest(manifest).values()).flatMap(({ chunks }) => chunks.map((chunk) => chunk.itemId))
      : []),
  ]);
  return { ids: new Set(ids), hasFiles: states.some(({ fileId }) => typeof fileId === "string") };
}

/** So many are named. */
const SHOWN = 5;

/** What the state shall say of what nothing manages. */
export type UnmanagedState = Pick<State, "unmanagedItems" | "unmanagedIds" | "managedIds">;

/** The items of others that bear a tag, or bore one when this resource last looked. */
export function managedOnce(
  { managedIds }: Partial<State>,
  items: ReadonlyMap<string, ItemSummary>,
  own: ReadonlySet<string>,
): ReadonlySet<string> {
  const before = readIds(managedIds).filter((id) => items.has(id));
  const now = Array.from(items.values()).filter(({ id, description }) => !own.has(id) && mayBeManaged(description));
  return new Set([...before, ...now.map(({ id }) => id)]);
}

/** Only those that an earlier run has told of may be deleted, so that each deletion was seen in a preview. */
export async function toPrune(
  context: Context,
  inputs: Inputs,
  before: Partial<State>,
  items: ReadonlyMap<string, ItemSummary>,
  own: ReadonlySet<string>,
): Promise<readonly ItemSummary[]> {
  const told = new Set(readIds(before.unmanagedIds));
  if (inputs.unmanaged !== "prune" || ![...told].some((id) => items.has(id))) return [];
  const { items: certain = [] } = await unmanagedOf(
    context,
    inputs.collectionId,
    items.values(),
    own,
    managedOnce(before, items, own),
  );
  const pruned: ItemSummary[] = [];
  await each(
    context,
    certain.filter(({ id }) => told.has(id)),
    async (item) => {
      if (await isUnmanagedNow(context, inputs.collectionId, item.id)) pruned.push(item);
    },
  );
  const { maxDeletePercent = DEFAULT_MAX_DELETE_PERCENT } = inputs;
  if ((pruned.length * 100) / items.size <= maxDeletePercent) return pruned;
  const titles = inputs.confidential
    ? []
    : pruned.slice(0, SHOWN).map(({ description }) => quote(shorten(clean(description), 60)));
  const named =
    titles.length === 0
      ? ""
      : ` (${titles.join(", ")}${pruned.length > SHOWN ? ` and ${number(pruned.length - SHOWN)} more` : ""})`;
  throw new Error(
    `unmanaged: "prune" would delete ${number(pruned.length)} of the ${count(items.size, "item")} in the ` +
      `collection "${inputs.collectionId}"${named}, and maxDeletePercent allows to delete ${maxDeletePercent} %. ` +
      "Nothing was changed. " +
      `Set unmanaged: "report" to keep them, or allow it: maxDeletePercent: ` +
      `${Math.min(100, Math.ceil((pruned.length * 100) / items.size))}.`,
  );
}

/** A list may show less of a description than there is, and somebody may have taken the item over since. */
async function isUnmanagedNow({ client, ownership }: Context, collectionId: string, id: string): Promise<boolean> {
  const whole = await unlessNotFound(client.items.get(collectionId, id));
  return whole !== undefined && !mayBeManaged(whole.description) && !ownership.isHeld(`${collectionId}/${id}`);
}

/** What became of what nothing manages. */
export interface SettledUnmanaged {
  readonly state: UnmanagedState;
  /** Why it is not as it should be. */
  readonly problem?: string;
}

/** Deletes what is to be pruned, and tells of the rest. */
export async function settleUnmanaged(
  context: Context,
  inputs: Inputs,
  before: Partial<State>,
  items: ReadonlyMap<string, ItemSummary>,
  pruned: readonly ItemSummary[],
  own: ReadonlySet<string>,
): Promise<SettledUnmanaged> {
  if ((inputs.unmanaged ?? "ignore") === "ignore") return { state: {} };
  const undone = await tryEach(context, pruned, async ({ id }) => {
    // The uploads in between can take minutes.
    if (await isUnmanagedNow(context, inputs.collectionId, id))
      await unlessNotFound(context.client.items.delete(inputs.collectionId, id));
  });
  const [first] = undone;
  if (first)
    return {
      state: asBefore(before),
      problem: `${count(undone.length, "item")} that nothing manages could not be deleted: ${first.reason}`,
    };
  try {
    return { state: await look(context, inputs, before, items, pruned, own) };
  } catch (error) {
    if (!VultrInferenceError.isInstance(error)) throw error;
    return { state: asBefore(before), problem: `the unmanaged items could not be determined: ${error.message}` };
  }
}

/** What the state said: the next deployment looks again. */
export function asBefore({ unmanagedItems, unmanagedIds, managedIds }: Partial<State>): UnmanagedState {
  return { unmanagedItems, unmanagedIds, managedIds };
}

/** Tells of what nothing manages. @returns what the state shall say. */
async function look(
  context: Context,
  inputs: Inputs,
  before: Partial<State>,
  items: ReadonlyMap<string, ItemSummary>,
  pruned: readonly ItemSummary[],
  own: ReadonlySet<string>,
): Promise<UnmanagedState> {
  const { collectionId, unmanaged, resourceUrn: urn } = inputs;
  const gone = new Set(pruned.map(({ id }) => id));
  const once = managedOnce(before, items, own);
  const left = Array.from(items.values()).filter(({ id }) => !gone.has(id));
  const { count: found, items: certain } = await unmanagedOf(context, collectionId, left, own, once);
  const managed = unmanaged === "prune" && once.size > 0 ? { managedIds: writeIds([...once]) } : {};
  if (found === 0) return { unmanagedItems: 0, ...managed };
  const ids = (certain ?? []).map(({ id }) => id);
  const named =
    ids.length === 0
      ? ""
      : `: ${ids
          .slice(0, SHOWN)
          .map((id) => `"${toldId(id)}"`)
          .join(", ")}${ids.length > SHOWN ? ` and ${number(ids.length - SHOWN)} more` : ""}`;
  const next =
    unmanaged === "report"
      ? ""
      : certain
        ? ' The next "pulumi up" deletes what nothing manages by then.'
        : " They are not pruned: the collection has files, and what the API made of those looks the same.";
  await context.report(
    `The collection "${collectionId}" holds ${count(found, "item")} that nothing manages${named}.${next}`,
    { urn, severity: "warning" },
  );
  return { unmanagedItems: found, ...managed, ...(ids.length > 0 && { unmanagedIds: writeIds(ids) }) };
}
