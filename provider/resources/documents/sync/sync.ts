import { HalfMade, type Context } from "../../../lifecycle.js";
import { documentKey } from "../../../piece-marker.js";
import { budgetProblem, DEFAULT_MAX_DELETE_PERCENT, deleteProblem } from "../guards.js";
import { descriptionHash, revisionOf, writeLedger, type Ledger } from "../ledger.js";
import { plan, type PieceKey } from "../plan.js";
import { scan, type ScannedDocument } from "../scan.js";
import type { Inputs, State } from "../schema.js";
import { readSizes } from "../sizes.js";
import { quote } from "../source/names.js";
import { cutSettingsOf, sourceOf } from "../source-input.js";
import { settleDuplicates, type Settled } from "./duplicates.js";
import { holdings, type Have } from "./have.js";
import { keptLedger, type Kept } from "./kept.js";
import { relabel, remove } from "./settle.js";
import { settleUnmanaged } from "./unmanaged.js";
import { upload } from "./upload.js";
import { failureText } from "./failure-text.js";
import { descriptionOf, wantsOf, type Want } from "./want.js";

/**
 * Makes a collection hold exactly the declared pieces of a resource: one list tells what is there, new pieces go in, and
 * only when all are in, old ones go out. It can be interrupted anywhere and begun again.
 *
 * @throws Error before anything is written where the source is not what was checked, or a guard forbids it.
 * @throws HalfMade where some pieces are not as they should be; all others are.
 */
export async function sync(context: Context, id: string, inputs: Inputs, ledger: Ledger): Promise<State> {
  const documents = await scanAsChecked(inputs);
  const listed = await context.items.fresh(inputs.collectionId);
  const { pieces: have, spoiled } = await holdings(context, inputs, ledger, listed);
  const { intact, rest } = split(documents, ledger, have);
  const kept = new Set(intact.flatMap(({ pieces }) => pieces));
  const want = await wantsOf(rest, have);
  const { keep, move, add, remove: superfluous } = plan(have.filter((piece) => !kept.has(piece)), want);
  guard(inputs, ledger, { documents, have, superfluous, add });

  const urn = inputs.resourceUrn;
  const taken: PieceKey[] = [...have, ...want];
  const { uploaded, failures } = await upload(context, inputs, add, taken, urn);
  const relabelled = await relabel(context, inputs, [...move, ...keep.filter((pair) => pair.have.description !== descriptionOf(inputs, pair.want))], urn);
  const there: Kept[] = [...unchanged(keep, relabelled.done), ...relabelled.done, ...uploaded.map((piece) => ({ ...piece, name: piece.want.name }))];
  const isWhole = failures.length === 0 && relabelled.failures.length === 0;
  const removal = isWhole ? await remove(context, inputs, [...superfluous.map((piece) => piece.id), ...spoiled], urn) : { failures: [] };
  const mine = { there: [...there.map(({ want, ...piece }) => ({ ...want, ...piece })), ...intact.flatMap(({ pieces }) => pieces)], uploaded: new Set(uploaded.map((piece) => piece.id)) };
  const settled: Settled = isWhole && uploaded.length > 0 ? await settleDuplicates(context, inputs, mine) : { replaced: new Map() };
  const unmanagedItems = await settleUnmanaged(context, inputs.collectionId, inputs.unmanaged ?? "ignore", listed.values(), urn);

  const left = superfluous.filter((piece) => !isWhole || removal.failures.some((failure) => failure.id === piece.id));
  const failed = new Set((settled.doubt === undefined ? [...failures, ...relabelled.failures] : uploaded).map(({ want: { name } }) => name));
  const after = keptLedger({ documents, ledger, intact, there: there.map((piece) => ({ ...piece, ...settled.replaced.get(piece.id), want: piece.want })), left, spoiled: isWhole ? [] : spoiled, failed, confidential: inputs.confidential });
  const state = stateOf(inputs, after, unmanagedItems);
  const reason = failureText({ failures: [...failures, ...relabelled.failures], removal: removal.failures, doubt: settled.doubt, total: want.length, confidential: inputs.confidential });
  if (reason === undefined) return state;
  if (Array.from(after.values()).every(({ pieces }) => pieces.length === 0)) throw new Error(reason);
  throw new HalfMade(id, state, reason);
}

/** The documents, which must be those that `check` has seen. */
async function scanAsChecked(inputs: Inputs): Promise<readonly ScannedDocument[]> {
  const checked = readSizes(inputs.documents);
  const { documents, problems } = await scan(sourceOf(inputs.source), cutSettingsOf(inputs), checked);
  const [problem] = problems;
  if (problem) throw new Error(`${problem.property} ${inputs.confidential ? "cannot be read any more" : problem.reason}. Nothing was changed.`);
  const found = new Map(documents.map((document) => [document.name, document.fingerprint]));
  const differing = [...new Set([...found.keys(), ...checked.keys()])].filter((name) => found.get(name) !== checked.get(name)?.fingerprint);
  const [first = ""] = differing;
  if (differing.length === 0) return documents;
  const others = differing.length > 1 ? ` and ${differing.length - 1} more` : "";
  throw new Error(`source: ${inputs.confidential ? "a text" : quote(first)}${others} changed since it was checked. Nothing was changed; run "pulumi up" again.`);
}

/** A document that the collection holds as it is. */
interface Intact {
  readonly name: string;
  readonly pieces: readonly Have[];
}

/** Sets documents aside of which the collection holds what the ledger says: they need not even be cut. */
function split(documents: readonly ScannedDocument[], ledger: Ledger, have: readonly Have[]): { intact: Intact[]; rest: ScannedDocument[] } {
  const byId = new Map(have.map((piece) => [piece.id, piece]));
  const byDocument = new Map<string, number>();
  for (const { document } of have) byDocument.set(document, (byDocument.get(document) ?? 0) + 1);
  const intact: Intact[] = [];
  const rest: ScannedDocument[] = [];
  for (const document of documents) {
    const entry = ledger.get(document.name);
    const pieces = (entry?.pieces ?? []).flatMap(({ itemId, label, isOther }) => {
      const piece = byId.get(itemId);
      return piece && !isOther && descriptionHash(piece.description) === label ? [piece] : [];
    });
    const isIntact = entry?.fingerprint === document.fingerprint && pieces.length === entry.pieces.length && pieces.length === (byDocument.get(documentKey(document.name)) ?? 0);
    if (isIntact) intact.push({ name: document.name, pieces });
    else rest.push(document);
  }
  return { intact, rest };
}

function guard(inputs: Inputs, ledger: Ledger, { documents, have, superfluous, add }: { documents: readonly ScannedDocument[]; have: readonly Have[]; superfluous: readonly Have[]; add: readonly Want[] }): void {
  const { maxDeletePercent = DEFAULT_MAX_DELETE_PERCENT, tokenBudget } = inputs;
  const declared = new Set(documents.map(({ name }) => documentKey(name)));
  const names = new Map([...ledger.keys()].map((name) => [documentKey(name), name]));
  const deleted = [...new Set(superfluous.map(({ document }) => document).filter((document) => !declared.has(document)))];
  const problem = deleteProblem({ deleted: deleted.map((document) => (inputs.confidential ? "[secret]" : (names.get(document) ?? document))), of: new Set(have.map(({ document }) => document)).size }, maxDeletePercent);
  if (problem !== undefined) throw new Error(`source ${problem}. Nothing was changed.`);
  const budget = budgetProblem(add.reduce((sum, { piece }) => sum + piece.tokens, 0), tokenBudget);
  if (budget !== undefined) throw new Error(`tokenBudget ${budget}. Nothing was changed.`);
}

function unchanged(keep: readonly { readonly want: Want; readonly have: Have }[], relabelled: readonly Kept[]): Kept[] {
  const done = new Set(relabelled.map(({ id }) => id));
  return keep.filter(({ have }) => !done.has(have.id)).map(({ want, have: { id, created, description } }) => ({ name: want.name, want, id, created, description }));
}

/** What the state shall hold after a sync. */
export function stateOf(inputs: Inputs, ledger: Ledger, unmanagedItems: number | undefined): State {
  const { collectionId, owner, generation, unmanaged = "ignore", verify = "markers", documents, tokens, confidential } = inputs;
  const pieceCount = Array.from(ledger.values()).reduce((sum, { pieces }) => sum + pieces.length, 0);
  const documentCount = Object.keys(documents).length;
  return { collectionId, owner, generation, unmanaged, verify, ledger: writeLedger(ledger), revision: revisionOf(ledger), tokens, documentCount, pieceCount, unmanagedItems, confidential };
}
