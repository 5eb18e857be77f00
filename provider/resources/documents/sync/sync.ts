import { clean, shorten } from "../../../text/clean.js";
import { InitializationFailure } from "../../../engine/initialization-failure.js";
import type { Context } from "../../../session/context.js";
import { documentKey, readDescription } from "../../../ownership/tag.js";
import { count } from "../../../text/quantity.js";
import { BETWEEN } from "../../../ownership/title.js";
import { desire, isDescribed, withWholeHashes, type Desired } from "../desire.js";
import { budgetProblem, byText, DEFAULT_MAX_DELETE_PERCENT, deleteProblem } from "../guards.js";
import { idsIn, readManifest, revisionOf, writeManifest, type Manifest } from "../manifest.js";
import { observe, type Observed, type ObservedChunk, type Target } from "../observe.js";
import { plan, sharing } from "../plan.js";
import { blocking, scan, type ScannedDocument } from "../scan.js";
import type { Inputs, State } from "../schema.js";
import { readSizes } from "../sizes.js";
import { sameFingerprint } from "../source/fingerprint.js";
import { quote } from "../source/names.js";
import { reasonOf } from "../source/source.js";
import { splitOptionsOf, sourceOf } from "../source-input.js";
import { carryOut, type Done, type Steps } from "./carry-out.js";
import { failureText } from "./failure-text.js";
import { manifestAfter } from "./outcome.js";
import { keptText } from "./changes.js";
import { shareable } from "./share.js";
import { asBefore, settleUnmanaged, toPrune, type UnmanagedState } from "./unmanaged.js";

/** What a sync begins with. */
export interface Beginning {
  readonly id: string;
  readonly target: Target;
  /** The state of before; empty where the resource is made. */
  readonly before: Partial<State>;
}

/**
 * Makes a collection hold exactly the declared chunks of a resource: one list tells what is there, new chunks go in,
 * and only when all are in, old ones go out. It can be interrupted anywhere and begun again.
 *
 * @throws Error before anything is written where the source is not what was checked, or a guard forbids it.
 * @throws InitializationFailure where some chunks are not as they should be; all others are.
 */
export async function sync(context: Context, inputs: Inputs, { id, target, before }: Beginning): Promise<State> {
  const manifest = readManifest(before.manifest);
  const documents = await scanAsChecked(context, inputs);
  const observed = await observe(context, target, manifest);
  const desired = await desire(target, documents, manifest, observed);
  const steps = await planOf(context, target, observed, desired);
  guard(inputs, manifest, documents, observed, steps);
  const recorded = idsIn(manifest);
  const pruned = await toPrune(context, inputs, before, observed.items, recorded);

  const done = await carryOut(context, target, steps, { observed, desired, urn: inputs.resourceUrn });
  const own = new Set([...recorded, ...done.there.map((chunk) => chunk.id)]);
  const isInterrupted = context.interruption.aborted;
  const unmanaged = isInterrupted
    ? { state: asBefore(before) }
    : await settleUnmanaged(context, inputs, before, observed.items, pruned, own);
  await tell(context, inputs, before, observed, done);

  const { confidential } = inputs;
  const after = manifestAfter({
    documents,
    manifest,
    unchanged: desired.unchanged,
    done,
    mismatched: observed.mismatched,
    confidential,
  });
  const claims = { claim: target.claimant.claim, formerClaims: before.formerClaims };
  const state = stateOf(context, inputs, claims, after, unmanaged.state);
  const reason = failureText({
    ...done,
    unmanaged: unmanaged.problem,
    total: desired.chunks.length,
    confidential,
    isInterrupted,
  });
  if (reason === undefined) return state;
  if (Array.from(after.values()).every(({ chunks }) => chunks.length === 0)) throw new Error(reason);
  throw new InitializationFailure(id, state, reason);
}

/** What is to be done with each chunk. */
async function planOf(context: Context, target: Target, observed: Observed, desired: Desired): Promise<Steps> {
  const unchanged = new Set(desired.unchanged.flatMap(({ chunks }) => chunks));
  const rest = observed.chunks.filter((chunk) => !unchanged.has(chunk));
  const steps = plan(withWholeHashes(rest, desired.chunks), desired.chunks, (one, other) =>
    isDescribed(target, one, other),
  );
  return sharing(steps, await shareable(context, target, steps.add, observed.others));
}

/** The documents, which must be those that `check` has seen. */
async function scanAsChecked({ prepared }: Context, inputs: Inputs): Promise<readonly ScannedDocument[]> {
  const checked = readSizes(inputs.documents);
  const { documents, problems } = await scan(
    sourceOf(inputs.source, prepared),
    splitOptionsOf(inputs),
    prepared,
    checked,
  );
  const [problem] = blocking(problems, inputs.onUnreadable);
  if (problem) throw new Error(`${problem.property} ${reasonOf(problem, inputs.confidential)}. Nothing was changed.`);
  const found = new Map(documents.map((document) => [document.name, document.fingerprint]));
  const differing = [...new Set([...found.keys(), ...checked.keys()])].filter(
    (name) => !sameFingerprint(found.get(name), checked.get(name)?.fingerprint),
  );
  const [first = ""] = differing;
  if (differing.length === 0) return documents;
  const others = differing.length > 1 ? ` and ${differing.length - 1} more` : "";
  throw new Error(
    `source: ${inputs.confidential ? "a text" : quote(first)}${others} changed since it was checked. Nothing was ` +
      `changed; run "pulumi up" again.`,
  );
}

/** @throws Error where more would be deleted or embedded than may be. */
function guard(
  inputs: Inputs,
  manifest: Manifest,
  documents: readonly ScannedDocument[],
  observed: Observed,
  steps: Steps,
): void {
  const { maxDeletePercent = DEFAULT_MAX_DELETE_PERCENT, tokenBudget, confidential } = inputs;
  const [withText, empty] = byText(documents);
  const declared = new Set(Array.from(withText, documentKey));
  const names = new Map([
    ...observed.chunks.map(({ document, description }) => [document, nameIn(description)] as const),
    ...[...manifest.keys()].map((name) => [documentKey(name), name] as const),
  ]);
  const gone = new Set(steps.delete.map(({ document }) => document).filter((document) => !declared.has(document)));
  const deleted = [...gone].map((document) => names.get(document) ?? document);
  const of = new Set(observed.chunks.map(({ document }) => document)).size;
  const problem = deleteProblem({ confidential, deleted, empty, of }, maxDeletePercent);
  if (problem !== undefined) throw new Error(`source ${problem}. Nothing was changed.`);
  const tokens = steps.add.reduce((sum, { chunk }) => sum + chunk.tokens, 0);
  const budget = budgetProblem(tokens, tokenBudget);
  if (budget !== undefined) throw new Error(`tokenBudget ${budget}. Nothing was changed.`);
}

/** Names what was kept although it is no longer declared, and, when documents are made, what may be theirs. */
async function tell(
  context: Context,
  inputs: Inputs,
  before: Partial<State>,
  observed: Observed,
  done: Done,
): Promise<void> {
  const { kept } = done.removal;
  if (kept.length > 0) await context.report(keptText(inputs.collectionId, kept), { urn: inputs.resourceUrn });
  const shared = new Set(done.shared.map(({ id }) => id));
  if (before.manifest === undefined)
    await tellOfOthers(
      context,
      inputs,
      observed.others.filter(({ id }) => !shared.has(id)),
    );
}

/** Names what has the tag of this resource, and may be its own or not. */
async function tellOfOthers(
  { ownership, report }: Context,
  { collectionId, resourceUrn: urn }: Inputs,
  others: readonly ObservedChunk[],
): Promise<void> {
  if (others.length === 0) return;
  await ownership.quiet();
  const unknown = others.filter(
    ({ tag }) => tag !== undefined && !tag.claims.some((claim) => ownership.hasSeen(claim)),
  );
  const claims = [...new Set(unknown.flatMap(({ tag }) => tag?.claims ?? []))];
  if (claims.length === 0) return;
  await report(
    `Kept ${count(unknown.length, "chunk")} in the collection "${collectionId}" that ` +
      `${unknown.length === 1 ? "is" : "are"} tagged as this resource's, but unknown to its state. An interrupted ` +
      "run may have left them, or another stack of the same name manages them. " +
      "Unless this deployment deletes them in the end or something else manages them, delete them with: npx " +
      `vultr-inference delete "${collectionId}" --claim ${claims.join(" --claim ")}`,
    { urn, severity: "warning" },
  );
}

/** The name of the document that a chunk is of, as its description has it; not there where it has none. */
function nameIn(description: string): string | undefined {
  const [name = ""] = readDescription(description).title.split(BETWEEN);
  return name === "" ? undefined : shorten(clean(name), 120);
}

/** What the state shall hold after a sync. */
export function stateOf(
  { places }: Context,
  inputs: Inputs,
  claims: Pick<State, "claim" | "formerClaims">,
  manifest: Manifest,
  unmanagedState: UnmanagedState,
): State {
  const { collectionId, owner, unmanaged = "ignore", verify = "tags", documents, tokens, confidential } = inputs;
  const chunkCount = Array.from(manifest.values()).reduce((sum, { chunks }) => sum + chunks.length, 0);
  const documentCount = Object.keys(documents).length;
  return {
    collectionId,
    owner,
    ...claims,
    unmanaged,
    verify,
    manifest: writeManifest(manifest),
    revision: revisionOf(manifest),
    tokens,
    documentCount,
    chunkCount,
    confidential,
    ...unmanagedState,
    ...places.current,
  };
}
