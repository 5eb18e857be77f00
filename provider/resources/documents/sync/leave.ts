import { InitializationFailure } from "../../../engine/initialization-failure.js";
import type { Context } from "../../../session/context.js";
import { readDescription, sameOwner } from "../../../ownership/tag.js";
import { count } from "../../../text/quantity.js";
import { makeChunk } from "../../../documents/split/chunk.js";
import { descriptionHash, idsIn, readManifest, type Manifest } from "../manifest.js";
import type { Inputs, State } from "../schema.js";
import { readSizes, type Sizes } from "../sizes.js";
import { sameFingerprint } from "../source/fingerprint.js";
import { observe, type ObservedChunk, type Target } from "../observe.js";
import { updateMetadata } from "./changes.js";
import { stateOf, type Beginning } from "./sync.js";
import { settleUnmanaged, toPrune } from "./unmanaged.js";
import type { DesiredChunk } from "../desire.js";

/**
 * Carries out what does not hang on the source, which is ignored: the chunks stay as they are, but for the tag of a
 * renamed resource.
 *
 * @throws InitializationFailure where documents were never uploaded whole, or a tag could not be written.
 */
export async function leave(context: Context, inputs: Inputs, { id, target, before }: Beginning): Promise<State> {
  const manifest = readManifest(before.manifest);
  const { items: listed, chunks } = await observe(context, target, manifest);
  const recorded = idsIn(manifest);
  const pruned = await toPrune(context, inputs, before, listed, recorded);
  const { done, failures } = await updateMetadata(
    context,
    target,
    chunks.flatMap((chunk) => retagged(target, chunk)),
    inputs.resourceUrn,
  );
  const unmanaged = await settleUnmanaged(context, inputs, before, listed, pruned, recorded);
  const labels = new Map(done.map(({ id: itemId, description }) => [itemId, descriptionHash(description)]));
  const after = new Map(
    Array.from(manifest, ([name, entry]) => [
      name,
      { ...entry, chunks: entry.chunks.map((chunk) => ({ ...chunk, label: labels.get(chunk.itemId) ?? chunk.label })) },
    ]),
  );
  const state = stateOf(
    context,
    inputs,
    { claim: target.claimant.claim, formerClaims: before.formerClaims },
    after,
    unmanaged.state,
  );
  const [failure] = failures;
  const reason = failure
    ? `${count(failures.length, "chunk")} could not be tagged again: ${failure.reason} Run "pulumi up" again.`
    : (unmanaged.problem ?? incompleteness(after, inputs));
  if (reason !== undefined) throw new InitializationFailure(id, { ...state, drift: before.drift }, reason);
  return { ...state, drift: before.drift };
}

/** Whether the collection got all of the documents. */
export function isComplete(manifest: Manifest, documents: ReadonlyMap<string, Pick<Sizes, "fingerprint">>): boolean {
  return Array.from(documents).every(([name, { fingerprint }]) =>
    sameFingerprint(manifest.get(name)?.fingerprint, fingerprint),
  );
}

function incompleteness(manifest: Manifest, { documents }: Inputs): string | undefined {
  if (isComplete(manifest, readSizes(documents))) return undefined;
  return (
    "Some documents were never uploaded whole, and the option ignoreChanges names source: take source out of it " +
    "until a deployment has succeeded."
  );
}

/**
 * A chunk with another owner's tag, or one that is otherwise secret, and what it is to be: the same under the right
 * tag.
 */
function retagged(
  target: Target,
  observed: ObservedChunk,
): { readonly desired: DesiredChunk; readonly observed: ObservedChunk }[] {
  const { description, tag, document, hash, occurrence } = observed;
  if (tag === undefined || (sameOwner(tag, target) && tag.secret === target.secret)) return [];
  const { title } = readDescription(description);
  return [{ observed, desired: { name: title, document, hash, occurrence, chunk: makeChunk("", "", [], 0) } }];
}
