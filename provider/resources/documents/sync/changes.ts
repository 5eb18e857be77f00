import type { ItemSummary } from "../../../client/index.js";
import { VultrInferenceError } from "../../../client/http/errors.js";
import { clean } from "../../../text/clean.js";
import type { Context } from "../../../session/context.js";
import { unlessNotFound } from "../../../api/not-found.js";
import { comparableHash } from "../../../ownership/comparable.js";
import { deletionCommand } from "../../../ownership/deletion.js";
import { describe, readDescription, sameHash } from "../../../ownership/tag.js";
import { tryEach } from "../../../api/pool.js";
import { count } from "../../../text/quantity.js";
import { isTaken, othersOf, type ObservedChunk, type Target } from "../observe.js";
import { Progress } from "./progress.js";
import { bearsTag, truncatedTag, type Failure } from "./upload.js";
import { descriptionOf, type DesiredChunk, type SyncedChunk } from "../desire.js";

/** Gives items the descriptions of the chunks that they now are; their content stays. */
export async function updateMetadata(
  context: Context,
  target: Target,
  pairs: readonly { readonly desired: DesiredChunk; readonly observed: ObservedChunk }[],
  urn: string | undefined,
): Promise<{ readonly done: readonly SyncedChunk[]; readonly failures: readonly Failure[] }> {
  const done: SyncedChunk[] = [];
  const failures: Failure[] = [];
  const progress = new Progress(context, pairs.length, "chunk", " with new metadata", urn);
  const undone = await tryEach(context, pairs, async ({ desired, observed }) => {
    const { id, created, description } = await context.client.items.update(target.collectionId, observed.id, {
      description: descriptionOf(target, desired, othersOf(target, observed)),
    });
    // What another object's answer says is nothing to go by.
    if (id !== observed.id) done.push({ ...observed, desired });
    else done.push({ desired, id, created, description });
    if (id !== observed.id)
      failures.push({
        desired,
        reason: `The API answered the change of the item "${observed.id}" with another item. Run "pulumi up --refresh".`,
      });
    else if (!bearsTag(description)) failures.push({ desired, reason: truncatedTag(description) });
    progress.step();
  });
  progress.end();
  // They are there all the same.
  done.push(...undone.map(({ one: { desired, observed } }) => ({ ...observed, desired })));
  failures.push(...undone.map(({ one: { desired }, reason }) => ({ desired, reason })));
  return { done, failures };
}

/** An item that is still there. */
export interface RemovalFailure {
  readonly id: string;
  readonly reason: string;
}

/** What a removal came to. */
export interface Removal {
  readonly failures: readonly RemovalFailure[];
  /** Items that others manage as well, or that are not what they were: they stay, without this resource's claim. */
  readonly kept: readonly string[];
  /** The list by which it was seen that the others are gone; not there where nothing was deleted. */
  readonly listed?: ReadonlyMap<string, ItemSummary> | undefined;
}

/** How often what is still there is deleted again. */
const ROUNDS = 3;
/** In milliseconds. */
const PAUSE = 1_000;

/**
 * Deletes a resource's chunks, and looks by one list whether they are gone. One that is gone already is no error; one
 * that others manage as well only loses this resource's claim.
 */
export async function remove(
  context: Context,
  target: Target,
  chunks: readonly ObservedChunk[],
  urn: string | undefined,
): Promise<Removal> {
  const failures: RemovalFailure[] = [];
  const kept: string[] = [];
  const progress = new Progress(context, chunks.length, "old chunk", " deleted", urn);
  let listed: ReadonlyMap<string, ItemSummary> | undefined;
  let left = chunks;
  for (let round = 1; left.length > 0; round++) {
    const asked: ObservedChunk[] = [];
    const undone = await tryEach(context, left, async (chunk) => {
      if (await isLetGo(context, target, chunk)) kept.push(chunk.id);
      else {
        await unlessNotFound(context.client.items.delete(target.collectionId, chunk.id));
        asked.push(chunk);
      }
      if (round === 1) progress.step();
    });
    failures.push(...undone.map(({ one: { id }, reason }) => ({ id, reason })));
    listed = asked.length === 0 ? listed : await listAfter(context, target, asked, failures);
    left = asked.filter(({ id }) => listed?.has(id) === true);
    if (left.length > 0 && round === ROUNDS) {
      failures.push(
        ...left.map(({ id }) => ({ id, reason: "the API answers the deletion as done, but still shows it." })),
      );
      break;
    }
    // Where that is interrupted, the next round begins nothing and says so.
    if (left.length > 0) await context.clock.sleep(PAUSE * round).catch(() => undefined);
  }
  progress.end();
  return { failures, kept, listed };
}

async function listAfter(
  { items }: Context,
  { collectionId }: Target,
  asked: readonly ObservedChunk[],
  failures: RemovalFailure[],
): Promise<ReadonlyMap<string, ItemSummary> | undefined> {
  try {
    return await unlessNotFound(items.after(collectionId));
  } catch (error) {
    if (!VultrInferenceError.isInstance(error)) throw error;
    failures.push(
      ...asked.map(({ id }) => ({ id, reason: `it is not known whether it was deleted: ${error.message}` })),
    );
    return undefined;
  }
}

/** Lets go of what others manage as well, or of what bears no tag and has another content: it is not deleted. */
function isLetGo({ client, turns }: Context, target: Target, chunk: ObservedChunk): Promise<boolean> {
  const { collectionId } = target;
  // Two resources that both have it would otherwise each leave it to the other.
  return turns.take(`item "${collectionId}/${chunk.id}"`, () => isLetGoNow(client, target, chunk));
}

async function isLetGoNow(client: Context["client"], target: Target, chunk: ObservedChunk): Promise<boolean> {
  const { collectionId } = target;
  // A list may show less of a description than there is.
  const isShared = chunk.tag !== undefined && othersOf(target, chunk).length > 0;
  const whole = chunk.tag && !isShared ? undefined : await unlessNotFound(client.items.get(collectionId, chunk.id));
  const { tag = chunk.tag, title } = readDescription(whole?.description ?? chunk.description);
  if (tag === undefined) return whole !== undefined && !sameHash(comparableHash(whole.content), chunk.hash);
  if (isTaken(target, tag)) return true;
  const others = othersOf(target, { tag });
  if (others.length === 0) return false;
  await unlessNotFound(
    client.items.update(collectionId, chunk.id, { description: describe({ ...tag, claims: others }, title) }),
  );
  return true;
}

/** So many are named: what a command line takes. */
const SHOWN = 50;

/** Names what was kept. */
export function keptText(collectionId: string, kept: readonly string[]): string {
  const ids = kept.slice(0, SHOWN).map((id) => `${collectionId}/${id}`);
  const more = kept.length > SHOWN ? ` (the first ${SHOWN} of them)` : "";
  return (
    `Kept ${count(kept.length, "chunk")} in the collection "${clean(collectionId)}": another state has them, ` +
    "too, of a stack of the same name or one that was lost, or somebody has changed them. " +
    `Searches find them. If nothing manages them, delete them with: ${deletionCommand(...ids)}${more}`
  );
}
