import { VultrInferenceError, type ItemSummary } from "../../../client/index.js";
import type { Context } from "../../../session/context.js";
import { readDescription, sameOwner } from "../../../ownership/tag.js";
import { grouped, keyText } from "../plan.js";
import { byAge, isOwn, proven, taggedChunks, type Have, type Target } from "./have.js";
import type { Kept } from "./kept.js";
import { listShowing } from "./list-showing.js";
import { remove } from "./settle.js";
import { share, shareable } from "./share.js";

/** What a run takes to be there. */
export interface Mine {
  /** The declared chunks, but for those of documents that nothing has changed. */
  readonly there: readonly Kept[];
  /** Those. */
  readonly intact: readonly Have[];
  /** Ids of the chunks that this run has uploaded. */
  readonly uploaded: ReadonlySet<string>;
}

/** What stands in for a chunk. */
type Place = Pick<Have, "id" | "created" | "description">;

/** What came of it. */
export interface Settled {
  /** What is there in the place of a chunk, by the id that it stands in for. */
  readonly replaced: ReadonlyMap<string, Place>;
  /** Why it is not certain that everything is there once. */
  readonly doubt?: string;
}

/**
 * Ends with one item for each chunk, also where another run of the same resource has uploaded the same at the same time:
 * both keep the oldest. What the list at the beginning did not show yet, and is not declared, goes as well.
 *
 * @param latest a list of after the uploads, where there is one.
 */
export async function settleDuplicates(context: Context, target: Target, mine: Mine, latest: ReadonlyMap<string, ItemSummary> | undefined, urn: string | undefined): Promise<Settled> {
  const replaced = new Map<string, Place>();
  try {
    const listed = await listShowing(context, target.collectionId, mine.uploaded, latest);
    if (!listed) return { replaced, doubt: "the list of the collection lags behind what was uploaded." };
    const there = mine.there.map(haveOf);
    const own = new Map([...there, ...mine.intact].map((chunk) => [keyText(chunk), chunk]));
    const superfluous: Have[] = [];
    for (const [key, others] of grouped(await foreign(context, target, mine, [...there, ...mine.intact], listed), keyText)) {
      const chunk = own.get(key);
      const [first, ...rest] = chunk ? [chunk, ...others].sort(byAge) : [undefined, ...others];
      superfluous.push(...rest.filter((one) => one !== undefined));
      if (chunk && first && first.id !== chunk.id) replaced.set(chunk.id, first);
    }
    superfluous.push(...(await yielded(context, target, mine.there.filter(({ id }) => !replaced.has(id)), listed, replaced)));
    const { failures } = await remove(context, target, superfluous, urn);
    const [first] = failures;
    return { replaced, ...(first && { doubt: first.reason }) };
  } catch (error) {
    if (!VultrInferenceError.isInstance(error)) throw error;
    return { replaced, doubt: error.message };
  }
}

function haveOf({ want, id, created, description }: Kept): Have {
  const { document, hash, occurrence } = want;
  return { document, hash, occurrence, id, created, description, tag: readDescription(description).tag };
}

/** Chunks of the resource that this run does not know, but those that another run, which declares other documents, uploads just now. */
async function foreign(context: Context, target: Target, { uploaded }: Mine, there: readonly Have[], listed: ReadonlyMap<string, ItemSummary>): Promise<Have[]> {
  const ids = new Set(there.map(({ id }) => id));
  const keys = new Set(there.map(keyText));
  const began = there.filter(({ id }) => uploaded.has(id)).reduce((first, { created }) => (first === "" || created < first ? created : first), "");
  return proven(context, target, taggedChunks(listed.values()).filter((item) => isOwn(target, item.tag) && !ids.has(item.id) && (keys.has(keyText(item)) || item.created <= began)));
}

/** Gives up chunks that another creation of the resource has made before: its item is shared instead. */
async function yielded(context: Context, target: Target, there: readonly Kept[], listed: ReadonlyMap<string, ItemSummary>, replaced: Map<string, Place>): Promise<Have[]> {
  const others = taggedChunks(listed.values()).filter(({ tag }) => tag !== undefined && sameOwner(tag, target) && !isOwn(target, tag));
  const byWant = new Map(there.map((chunk) => [chunk.want, chunk]));
  const pairs = await shareable(context, target, [...byWant.keys()], others);
  const older = pairs.filter(({ want, have }) => {
    const own = byWant.get(want);
    return own !== undefined && byAge(have, own) < 0;
  });
  const shared = await share(context, target, older);
  return shared.flatMap((chunk) => {
    const own = byWant.get(chunk.want);
    if (!own) return [];
    replaced.set(own.id, chunk);
    return [haveOf(own)];
  });
}
