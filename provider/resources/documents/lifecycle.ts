import { diff, type Difference } from "../../pulumi/diff.js";
import type { Context, LocalContext } from "../../session/context.js";
import type { Lifecycle } from "../../pulumi/lifecycle.js";
import { unlessNotFound } from "../../api/not-found.js";
import { settleAbandoned } from "../../ownership/creation.js";
import { bears, claimantIn, formerClaims } from "../../ownership/claim.js";
import type { Creation } from "../../ownership/journal.js";
import { readDescription, secrecyOf } from "../../ownership/tag.js";
import { placeIn, requireAbsence, requirePlace } from "../../ownership/place.js";
import type { Report } from "../../engine/report.js";
import { isUnknown, type Properties } from "../../engine/values.js";
import { check } from "./check.js";
import { budgetProblem } from "./guards.js";
import { idsIn, readIds, readManifest } from "./manifest.js";
import { read } from "./read.js";
import { review, reviewOfIgnored } from "./review.js";
import { fields, type Inputs, type State } from "./schema.js";
import { readSizes } from "./sizes.js";
import { sameFingerprint } from "./source/fingerprint.js";
import { observe, type Target } from "./observe.js";
import { isComplete, leave } from "./sync/leave.js";
import { keptText, remove } from "./sync/changes.js";
import { sync } from "./sync/sync.js";

/** Documents in a collection: one resource, whose chunks are items under descriptions that carry its tag. */
export const lifecycle = {
  check,
  diff: compare,

  async create(context, inputs) {
    const { ownership, places } = context;
    const { collectionId, owner } = inputs;
    const beginning = { kind: "documents", owner, ...places.current, collectionId } as const;
    await requirePlace(context, collectionId);
    const all = await ownership.abandoned(beginning);
    const abandoned = all.filter((creation) => creation.collectionId === collectionId);
    return ownership.create(beginning, all, async ({ claim, sending }) => {
      sending();
      const id = `${collectionId}/${claim}`;
      const target = {
        collectionId,
        owner,
        ...secrecyOf(inputs),
        claimant: { owner, claim, former: new Set(abandoned.map((creation) => creation.claim)) },
      };
      const state = await sync(context, inputs, { id, target, before: { formerClaims: formerClaims(abandoned) } });
      for (const elsewhere of all) if (elsewhere.collectionId !== collectionId) await letGoOf(context, elsewhere);
      return { id, state };
    });
  },

  read,

  async update(context, id, state, inputs) {
    const { collectionId, owner } = inputs;
    await requirePlaceOf(context, state);
    const carryOut = inputs.sourceIgnored === true ? leave : sync;
    const synced = await carryOut(context, inputs, {
      id,
      target: { ...targetOf(state), collectionId, owner, ...secrecyOf(inputs) },
      before: state,
    });
    await settleAbandoned(context, "documents", owner, (creation) => letGoOf(context, creation));
    return synced;
  },

  async delete(context, id, state) {
    const target = targetOf(state);
    const what = `documents "${id}"`;
    const manifest = readManifest(state.manifest);
    const observed = await unlessNotFound(observe(context, target, manifest));
    if (!observed) return requireAbsence(context, what, placeIn(state));
    const { items, chunks, mismatched } = observed;
    const recorded = idsIn(manifest);
    if (recorded.size > 0 && ![...recorded].some((itemId) => items.has(itemId)) && chunks.length === 0)
      await requireAbsence(context, what, placeIn(state));
    const { failures, kept } = await remove(context, target, [...chunks, ...mismatched], undefined);
    if (kept.length > 0) await context.report(keptText(target.collectionId, kept));
    const [first] = failures;
    if (first)
      throw new Error(
        `${failures.length} chunks of the documents "${id}" could not be deleted; the others are. ` +
          `${first.reason} Run "pulumi destroy" or "pulumi up" again.`,
      );
  },
} satisfies Lifecycle<Inputs, State>;

/** Makes sure that the collection is the one with the chunks of a state: they are in it, or it is the stack's own. */
async function requirePlaceOf(context: Context, state: Partial<State>): Promise<void> {
  const { collectionId = "" } = state;
  const place = placeIn(state);
  if (!context.places.isHere(place)) {
    const items = await unlessNotFound(context.items.recent(collectionId));
    const claimant = claimantIn(state);
    const recorded = idsIn(readManifest(state.manifest));
    if ([...recorded].some((id) => bears(readDescription(items?.get(id)?.description ?? "").tag, claimant)))
      context.places.found(place);
  }
  await requirePlace(context, collectionId, place);
}

/** Deletes what an interrupted creation has made. */
async function letGoOf(context: Context, { collectionId = "", claim, owner }: Creation): Promise<void> {
  const target = { collectionId, owner, claimant: { owner, claim, former: new Set<string>() } };
  const observed = await unlessNotFound(observe(context, target, new Map()));
  if (observed) await remove(context, target, observed.chunks, undefined);
}

/** Whose chunks a state is about. */
function targetOf(state: Partial<State>): Target {
  const { collectionId = "", owner = "" } = state;
  return { collectionId, owner, claimant: claimantIn(state) };
}

/**
 * Compares the documents by their fingerprints, and shows the person who deploys what changes.
 *
 * @throws Error where it would cost more than the budget.
 */
async function compare(state: Properties, inputs: Properties, { report, prepared }: LocalContext): Promise<Difference> {
  if (inputs["sourceIgnored"] === true) return compareIgnored(state, inputs, report);
  const known = state as Partial<State>;
  const manifest = readManifest(known.manifest);
  const sizes = readSizes(inputs["documents"]);
  const declared = isUnknown(inputs["documents"]) ? inputs["documents"] : fingerprints(sizes);
  const difference = diff(
    fields,
    { ...state, documents: fingerprints(manifest, sizes) },
    { ...inputs, documents: declared },
  );
  const isToPrune = inputs["unmanaged"] === "prune" && known.unmanagedIds !== undefined;
  const changes = difference.changes || known.drift !== undefined || isToPrune;
  const { tokenBudget, resourceUrn, confidential } = inputs as unknown as Inputs;
  if (!changes || difference.replaces.length > 0 || isUnknown(declared)) return { ...difference, changes };
  const { text, tokensToEmbed } = review(
    {
      manifest,
      drift: known.drift,
      isRenamed: known.owner !== inputs["owner"],
      mayMove: isUnknown(inputs["collectionId"]),
      toPrune: isToPrune ? readIds(known.unmanagedIds) : [],
    },
    { documents: sizes, confidential },
    prepared,
  );
  await report(text, { urn: resourceUrn });
  const problem = tokensToEmbed === undefined ? undefined : budgetProblem(tokensToEmbed, tokenBudget);
  if (problem !== undefined) throw new Error(`tokenBudget ${problem}.`);
  return { ...difference, changes };
}

/** Documents that are left as they are: what a refresh found is told, and no change. */
async function compareIgnored(state: Properties, inputs: Properties, report: Report): Promise<Difference> {
  const { drift, unmanagedIds, manifest } = state as Partial<State>;
  const { documents, unmanaged, resourceUrn, confidential } = inputs as unknown as Inputs;
  const { changes, replaces } = diff(fields, { ...state, documents }, inputs);
  if (drift !== undefined && replaces.length === 0)
    await report(reviewOfIgnored(drift, confidential), { urn: resourceUrn });
  const isToPrune = unmanaged === "prune" && unmanagedIds !== undefined;
  return { changes: changes || isToPrune || !isComplete(readManifest(manifest), readSizes(documents)), replaces };
}

/** Fingerprints by document. @param current those in whose longer form they are told. */
function fingerprints(
  documents: ReadonlyMap<string, { readonly fingerprint: string }>,
  current: ReadonlyMap<string, { readonly fingerprint: string }> = new Map(),
): Readonly<Record<string, string>> {
  const told = (name: string, fingerprint: string): string => {
    const other = current.get(name)?.fingerprint;
    return other !== undefined && sameFingerprint(fingerprint, other) ? other : fingerprint;
  };
  return Object.fromEntries(Array.from(documents, ([name, { fingerprint }]) => [name, told(name, fingerprint)]));
}
