import { clean, shorten } from "../../../text/clean.js";
import { InitializationFailure } from "../../../engine/initialization-failure.js";
import type { Context } from "../../../session/context.js";
import { documentKey, readDescription, sameOwner } from "../../../ownership/tag.js";
import { count } from "../../../text/quantity.js";
import { BETWEEN } from "../../../ownership/title.js";
import { budgetProblem, DEFAULT_MAX_DELETE_PERCENT, deleteProblem } from "../guards.js";
import { descriptionHash, readManifest, revisionOf, writeManifest, type Manifest } from "../manifest.js";
import { keyText, plan } from "../plan.js";
import { blocking, scan, type ScannedDocument } from "../scan.js";
import type { Inputs, State } from "../schema.js";
import { readSizes } from "../sizes.js";
import { sameFingerprint } from "../source/fingerprint.js";
import { quote } from "../source/names.js";
import { reasonOf } from "../source/source.js";
import { splitOptionsOf, sourceOf } from "../source-input.js";
import { settleDuplicates, type Settled } from "./duplicates.js";
import { failureText } from "./failure-text.js";
import { holdings, isOwn, type Have, type Target } from "./have.js";
import { keptManifest, type Kept } from "./kept.js";
import { keptText, updateMetadata, remove } from "./settle.js";
import { share, shareable } from "./share.js";
import { asBefore, settleUnmanaged, toPrune, type UnmanagedState } from "./unmanaged.js";
import { upload } from "./upload.js";
import { isDescribed, wantsOf, withWholeHashes, type Want } from "./want.js";

/** What a sync begins with. */
export interface Beginning {
  readonly id: string;
  readonly target: Target;
  /** The state of before; empty where the resource is made. */
  readonly before: Partial<State>;
}

/**
 * Makes a collection hold exactly the declared chunks of a resource: one list tells what is there, new chunks go in, and
 * only when all are in, old ones go out. It can be interrupted anywhere and begun again.
 *
 * @throws Error before anything is written where the source is not what was checked, or a guard forbids it.
 * @throws InitializationFailure where some chunks are not as they should be; all others are.
 */
export async function sync(context: Context, inputs: Inputs, { id, target, before }: Beginning): Promise<State> {
  const manifest = readManifest(before.manifest);
  const documents = await scanAsChecked(context, inputs);
  // As it is now: what this run writes comes into the shared list.
  const listed = new Map(await context.items.fresh(inputs.collectionId));
  const { chunks: have, mismatched, others } = await holdings(context, target, manifest, listed);
  const { intact, rest } = split(target, documents, manifest, have);
  const kept = new Set(intact.flatMap(({ chunks }) => chunks));
  const want = await wantsOf(rest, [...have, ...others]);
  const { keep, move, add: missing, remove: superfluous } = plan(withWholeHashes(have.filter((chunk) => !kept.has(chunk)), want), want);
  const shares = await shareable(context, target, missing, others);
  const shareables = new Set(shares.map((pair) => pair.want));
  guard(inputs, manifest, { documents, have, superfluous, add: missing.filter((one) => !shareables.has(one)) });
  const recorded = new Set(Array.from(manifest.values()).flatMap(({ chunks }) => chunks.map(({ itemId }) => itemId)));
  const pruned = await toPrune(context, inputs, before, listed, recorded);

  const urn = inputs.resourceUrn;
  const shared = await share(context, target, shares);
  const sharedWants = new Set(shared.map((chunk) => chunk.want));
  const add = missing.filter((one) => !sharedWants.has(one));
  const { uploaded, failures } = await upload(context, target, add, [...have, ...want], listed, urn);
  const metadata = await updateMetadata(context, target, [...move, ...keep.filter((pair) => !isDescribed(target, pair.want, pair.have))], urn);
  const there: Kept[] = [...unchanged(keep, metadata.done), ...metadata.done, ...shared, ...uploaded.map((chunk) => ({ ...chunk, name: chunk.want.name }))];
  const isWhole = failures.length === 0 && metadata.failures.length === 0;
  const removal = isWhole ? await remove(context, target, [...superfluous, ...mismatched], urn) : { failures: [], kept: [], listed: undefined };
  const mine = { there, intact: intact.flatMap(({ chunks }) => chunks), uploaded: new Set(uploaded.map((chunk) => chunk.id)) };
  const otherKeys = new Set(others.map(keyText));
  const mayBeTwice = uploaded.length > 0 || keep.some((pair) => otherKeys.has(keyText(pair.want)));
  const settled: Settled = isWhole && mayBeTwice ? await settleDuplicates(context, target, mine, removal.listed, urn) : { replaced: new Map() };
  const isInterrupted = context.interruption.aborted;
  const unmanaged = isInterrupted ? { state: asBefore(before) } : await settleUnmanaged(context, inputs, before, listed, pruned, new Set([...recorded, ...there.map((chunk) => chunk.id)]));
  if (removal.kept.length > 0) await context.report(keptText(inputs.collectionId, removal.kept), { urn });
  if (before.manifest === undefined) await tellOfOthers(context, inputs, others.filter((chunk) => !shared.some(({ id: taken }) => taken === chunk.id)));

  const left = superfluous.filter((chunk) => !isWhole || removal.failures.some((failure) => failure.id === chunk.id));
  const failed = new Set((settled.doubt === undefined ? [...failures, ...metadata.failures] : there).map(({ want: { name } }) => name));
  const after = keptManifest({
    documents,
    manifest,
    intact,
    there: there.map((chunk) => ({ ...chunk, ...settled.replaced.get(chunk.id), want: chunk.want, name: chunk.name })),
    left,
    mismatched: isWhole ? [] : mismatched.map((chunk) => chunk.id),
    failed,
    confidential: inputs.confidential,
  });
  const state = stateOf(context, inputs, { claim: target.claimant.claim, formerClaims: before.formerClaims }, after, unmanaged.state);
  const reason = failureText({ failures: [...failures, ...metadata.failures], removal: removal.failures, doubt: settled.doubt, unmanaged: unmanaged.problem, total: want.length, confidential: inputs.confidential, isInterrupted });
  if (reason === undefined) return state;
  if (Array.from(after.values()).every(({ chunks }) => chunks.length === 0)) throw new Error(reason);
  throw new InitializationFailure(id, state, reason);
}

/** The documents, which must be those that `check` has seen. */
async function scanAsChecked({ prepared }: Context, inputs: Inputs): Promise<readonly ScannedDocument[]> {
  const checked = readSizes(inputs.documents);
  const { documents, problems } = await scan(sourceOf(inputs.source, prepared), splitOptionsOf(inputs), prepared, checked);
  const [problem] = blocking(problems, inputs.onUnreadable);
  if (problem) throw new Error(`${problem.property} ${reasonOf(problem, inputs.confidential)}. Nothing was changed.`);
  const found = new Map(documents.map((document) => [document.name, document.fingerprint]));
  const differing = [...new Set([...found.keys(), ...checked.keys()])].filter((name) => !sameFingerprint(found.get(name), checked.get(name)?.fingerprint));
  const [first = ""] = differing;
  if (differing.length === 0) return documents;
  const others = differing.length > 1 ? ` and ${differing.length - 1} more` : "";
  throw new Error(`source: ${inputs.confidential ? "a text" : quote(first)}${others} changed since it was checked. Nothing was changed; run "pulumi up" again.`);
}

/** A document that the collection holds as it is. */
interface Intact {
  readonly name: string;
  readonly chunks: readonly Have[];
}

/** Sets documents aside of which the collection holds what the manifest says: they need not even be split. */
function split(target: Target, documents: readonly ScannedDocument[], manifest: Manifest, have: readonly Have[]): { intact: Intact[]; rest: ScannedDocument[] } {
  const byId = new Map(have.map((chunk) => [chunk.id, chunk]));
  const byDocument = new Map<string, number>();
  for (const { document } of have) byDocument.set(document, (byDocument.get(document) ?? 0) + 1);
  const intact: Intact[] = [];
  const rest: ScannedDocument[] = [];
  for (const document of documents) {
    const entry = manifest.get(document.name);
    const chunks = (entry?.chunks ?? []).flatMap(({ itemId, label, isOther }) => {
      const chunk = byId.get(itemId);
      return chunk && !isOther && descriptionHash(chunk.description) === label && isOwn(target, chunk.tag) ? [chunk] : [];
    });
    const isIntact = entry !== undefined && sameFingerprint(entry.fingerprint, document.fingerprint) && isOfOwner(target, chunks) && chunks.length === entry.chunks.length && chunks.length === (byDocument.get(documentKey(document.name)) ?? 0);
    if (isIntact) intact.push({ name: document.name, chunks });
    else rest.push(document);
  }
  return { intact, rest };
}

function guard(inputs: Inputs, manifest: Manifest, { documents, have, superfluous, add }: { documents: readonly ScannedDocument[]; have: readonly Have[]; superfluous: readonly Have[]; add: readonly Want[] }): void {
  const { maxDeletePercent = DEFAULT_MAX_DELETE_PERCENT, tokenBudget } = inputs;
  const declared = new Set(documents.map(({ name }) => documentKey(name)));
  const names = new Map([...have.map(({ document, description }) => [document, nameIn(description)] as const), ...[...manifest.keys()].map((name) => [documentKey(name), name] as const)]);
  const deleted = [...new Set(superfluous.map(({ document }) => document).filter((document) => !declared.has(document)))];
  const problem = deleteProblem({ confidential: inputs.confidential, deleted: deleted.map((document) => names.get(document) ?? document), of: new Set(have.map(({ document }) => document)).size }, maxDeletePercent);
  if (problem !== undefined) throw new Error(`source ${problem}. Nothing was changed.`);
  const budget = budgetProblem(add.reduce((sum, { chunk }) => sum + chunk.tokens, 0), tokenBudget);
  if (budget !== undefined) throw new Error(`tokenBudget ${budget}. Nothing was changed.`);
}

function unchanged(keep: readonly { readonly want: Want; readonly have: Have }[], updated: readonly Kept[]): Kept[] {
  const done = new Set(updated.map(({ id }) => id));
  return keep.filter(({ have }) => !done.has(have.id)).map(({ want, have: { id, created, description } }) => ({ name: want.name, want, id, created, description }));
}

/** Whether chunks are tagged by the owner that they are to have: a renamed resource takes its tags along. */
function isOfOwner(target: Target, chunks: readonly Have[]): boolean {
  return chunks.every(({ tag }) => tag !== undefined && sameOwner(tag, target) && tag.secret === target.secret);
}

/** Names what has the tag of this resource, and may be its own or not. */
async function tellOfOthers({ ownership, report }: Context, { collectionId, resourceUrn: urn }: Inputs, others: readonly Have[]): Promise<void> {
  if (others.length === 0) return;
  await ownership.quiet();
  const unknown = others.filter(({ tag }) => tag !== undefined && !tag.claims.some((claim) => ownership.hasSeen(claim)));
  const claims = [...new Set(unknown.flatMap(({ tag }) => tag?.claims ?? []))];
  if (claims.length === 0) return;
  await report(
    `Kept ${count(unknown.length, "chunk")} in the collection "${collectionId}" that ${unknown.length === 1 ? "is" : "are"} tagged as this resource's, but unknown to its state. An interrupted run may have left them, or another stack of the same name manages them. ` +
      `Unless this deployment deletes them in the end or something else manages them, delete them with: npx vultr-inference delete "${collectionId}" --claim ${claims.join(" --claim ")}`,
    { urn, severity: "warning" },
  );
}

/** The name of the document that a chunk is of, as its description has it; not there where it has none. */
function nameIn(description: string): string | undefined {
  const [name = ""] = readDescription(description).title.split(BETWEEN);
  return name === "" ? undefined : shorten(clean(name), 120);
}

/** What the state shall hold after a sync. */
export function stateOf({ places }: Context, inputs: Inputs, claims: Pick<State, "claim" | "formerClaims">, manifest: Manifest, unmanagedState: UnmanagedState): State {
  const { collectionId, owner, unmanaged = "ignore", verify = "tags", documents, tokens, confidential } = inputs;
  const chunkCount = Array.from(manifest.values()).reduce((sum, { chunks }) => sum + chunks.length, 0);
  const documentCount = Object.keys(documents).length;
  return { collectionId, owner, ...claims, unmanaged, verify, manifest: writeManifest(manifest), revision: revisionOf(manifest), tokens, documentCount, chunkCount, confidential, ...unmanagedState, ...places.current };
}
