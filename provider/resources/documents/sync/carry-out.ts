import { VultrInferenceError } from "../../../client/http/errors.js";
import { readDescription } from "../../../ownership/tag.js";
import type { Context } from "../../../session/context.js";
import type { Desired, DesiredChunk, SyncedChunk } from "../desire.js";
import type { Observed, ObservedChunk, Target } from "../observe.js";
import { keyText, type Plan } from "../plan.js";
import { remove, updateMetadata, type Removal } from "./changes.js";
import { settleDuplicates } from "./duplicates.js";
import { share } from "./share.js";
import { upload, type Failure } from "./upload.js";

export type Steps = Plan<ObservedChunk, DesiredChunk>;

/** What came of a plan. */
export interface Done {
  /** The desired chunks that are there now. */
  readonly there: readonly SyncedChunk[];
  readonly shared: readonly SyncedChunk[];
  /** Chunks that are not as they are to be. */
  readonly failures: readonly Failure[];
  readonly removal: Removal;
  /** What should not be there any more, but is. */
  readonly left: readonly ObservedChunk[];
  /** Whether all chunks are in, so that old ones were deleted. */
  readonly isWhole: boolean;
  /** Why it is not certain that each chunk is there once. */
  readonly doubt: string | undefined;
}

interface About {
  readonly observed: Observed;
  readonly desired: Desired;
  readonly urn: string | undefined;
}

/**
 * Carries out a plan: new chunks go in, and only when all are in, old ones go out. It can end anywhere, and be begun
 * again.
 */
export async function carryOut(
  context: Context,
  target: Target,
  steps: Steps,
  { observed, desired, urn }: About,
): Promise<Done> {
  const shared = await share(context, target, steps.share);
  const isShared = new Set(shared.map((chunk) => chunk.desired));
  const refused = steps.share.map((pair) => pair.desired).filter((one) => !isShared.has(one));
  const taken = [...observed.chunks, ...desired.chunks];
  const { uploaded, failures } = await upload(context, target, [...steps.add, ...refused], taken, observed.items, urn);
  const metadata = await updateMetadata(context, target, steps.update, urn);
  const there = [...steps.keep.map(kept), ...metadata.done, ...shared, ...uploaded];
  const all = [...failures, ...metadata.failures];
  if (all.length > 0)
    return { there, shared, failures: all, removal: NOTHING, left: steps.delete, isWhole: false, doubt: undefined };

  const old = await asTheyAreNow(context, target, [...steps.delete, ...observed.mismatched]);
  const removal = await remove(context, target, old, urn);
  const undeleted = new Set(removal.failures.map(({ id }) => id));
  const left = steps.delete.filter(({ id }) => undeleted.has(id));
  const others = new Set(observed.others.map(keyText));
  const mayBeTwice =
    uploaded.length > 0 || [...steps.keep, ...steps.update].some((pair) => others.has(keyText(pair.desired)));
  const done = { there, shared, failures: [], removal, left, isWhole: true, doubt: undefined };
  if (!mayBeTwice) return done;
  const mine = {
    there,
    unchanged: desired.unchanged.flatMap(({ chunks }) => chunks),
    uploaded: new Set(uploaded.map(({ id }) => id)),
  };
  const { replaced, doubt } = await settleDuplicates(context, target, mine, removal.listed, urn);
  return {
    ...done,
    there: there.map((chunk) => ({ ...chunk, ...replaced.get(chunk.id), desired: chunk.desired })),
    doubt,
  };
}

/** Uploads can take minutes, in which another run may have come to manage some of what is to be deleted as well. */
async function asTheyAreNow(
  { items }: Context,
  { collectionId }: Target,
  chunks: readonly ObservedChunk[],
): Promise<readonly ObservedChunk[]> {
  if (chunks.length === 0) return chunks;
  const listed = await items.recent(collectionId).catch((error: unknown) => {
    if (!VultrInferenceError.isInstance(error)) throw error;
    return undefined;
  });
  return chunks.map((chunk) => {
    const description = listed?.get(chunk.id)?.description;
    return description === undefined ? chunk : { ...chunk, description, tag: readDescription(description).tag };
  });
}

const NOTHING: Removal = { failures: [], kept: [] };

function kept({ desired, observed: { id, created, description } }: Steps["keep"][number]): SyncedChunk {
  return { desired, id, created, description };
}
