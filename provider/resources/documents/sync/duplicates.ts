import type { ItemSummary } from "../../../client/index.js";
import { VultrInferenceError } from "../../../client/http/errors.js";
import type { Context } from "../../../session/context.js";
import { readDescription, sameOwner } from "../../../ownership/tag.js";
import { grouped, keyText } from "../plan.js";
import { byAge, isOwn, proven, taggedChunks, listShowing, type ObservedChunk, type Target } from "../observe.js";
import type { SyncedChunk } from "../desire.js";
import { remove } from "./changes.js";
import { share, shareable } from "./share.js";

/** What a run takes to be there. */
export interface Mine {
  /** The declared chunks, but for those of documents that nothing has changed. */
  readonly there: readonly SyncedChunk[];
  /** Those. */
  readonly unchanged: readonly ObservedChunk[];
  /** Ids of the chunks that this run has uploaded. */
  readonly uploaded: ReadonlySet<string>;
}

/** What stands in for a chunk. */
type Place = Pick<ObservedChunk, "id" | "created" | "description">;

/** What came of it. */
export interface Settled {
  /** What is there in the place of a chunk, by the id that it stands in for. */
  readonly replaced: ReadonlyMap<string, Place>;
  /** Why it is not certain that everything is there once. */
  readonly doubt?: string;
}

/**
 * Ends with one item for each chunk, also where another run of the same resource has uploaded the same at the same
 * time: both keep the oldest. What the list at the beginning did not show yet, and is not declared, goes as well.
 *
 * @param latest a list of after the uploads, where there is one.
 */
export async function settleDuplicates(
  context: Context,
  target: Target,
  mine: Mine,
  latest: ReadonlyMap<string, ItemSummary> | undefined,
  urn: string | undefined,
): Promise<Settled> {
  const replaced = new Map<string, Place>();
  try {
    const listed = await listShowing(context, target.collectionId, mine.uploaded, latest);
    if (!listed) return { replaced, doubt: "the list of the collection lags behind what was uploaded." };
    const there = mine.there.map(observedOf);
    const own = new Map([...there, ...mine.unchanged].map((chunk) => [keyText(chunk), chunk]));
    const superfluous: ObservedChunk[] = [];
    for (const [key, others] of grouped(
      await foreign(context, target, mine, [...there, ...mine.unchanged], listed),
      keyText,
    )) {
      const chunk = own.get(key);
      const [first, ...rest] = chunk ? [chunk, ...others].sort(byAge) : [undefined, ...others];
      superfluous.push(...rest.filter((one) => one !== undefined));
      if (chunk && first && first.id !== chunk.id) replaced.set(chunk.id, first);
    }
    superfluous.push(
      ...(await yielded(
        context,
        target,
        mine.there.filter(({ id }) => !replaced.has(id)),
        listed,
        replaced,
      )),
    );
    const { failures } = await remove(context, target, superfluous, urn);
    const [first] = failures;
    return { replaced, ...(first && { doubt: first.reason }) };
  } catch (error) {
    if (!VultrInferenceError.isInstance(error)) throw error;
    return { replaced, doubt: error.message };
  }
}

function observedOf({ desired, id, created, description }: SyncedChunk): ObservedChunk {
  const { document, hash, occurrence } = desired;
  return { document, hash, occurrence, id, created, description, tag: readDescription(description).tag };
}

/**
 * Chunks of the resource that this run does not know, but those that another run, which declares other documents,
 * uploads just now.
 */
async function foreign(
  context: Context,
  target: Target,
  { uploaded }: Mine,
  there: readonly ObservedChunk[],
  listed: ReadonlyMap<string, ItemSummary>,
): Promise<ObservedChunk[]> {
  const ids = new Set(there.map(({ id }) => id));
  const keys = new Set(there.map(keyText));
  const began = there
    .filter(({ id }) => uploaded.has(id))
    .reduce((first, { created }) => (first === "" || created < first ? created : first), "");
  return proven(
    context,
    target,
    taggedChunks(listed.values()).filter(
      (item) => isOwn(target, item.tag) && !ids.has(item.id) && (keys.has(keyText(item)) || item.created <= began),
    ),
  );
}

/** Gives up chunks that another creation of the resource has made before: its item is shared instead. */
async function yielded(
  context: Context,
  target: Target,
  there: readonly SyncedChunk[],
  listed: ReadonlyMap<string, ItemSummary>,
  replaced: Map<string, Place>,
): Promise<ObservedChunk[]> {
  const others = taggedChunks(listed.values()).filter(
    ({ tag }) => tag !== undefined && sameOwner(tag, target) && !isOwn(target, tag),
  );
  const byDesired = new Map(there.map((chunk) => [chunk.desired, chunk]));
  const pairs = await shareable(context, target, [...byDesired.keys()], others);
  const older = pairs.filter(({ desired, observed }) => {
    const own = byDesired.get(desired);
    return own !== undefined && byAge(observed, own) < 0;
  });
  const shared = await share(context, target, older);
  return shared.flatMap((chunk) => {
    const own = byDesired.get(chunk.desired);
    if (!own) return [];
    replaced.set(own.id, chunk);
    return [observedOf(own)];
  });
}
