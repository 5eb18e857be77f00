import { diff, type Difference } from "../../diff.js";
import type { Lifecycle } from "../../lifecycle.js";
import { unlessNotFound } from "../../not-found.js";
import type { Report } from "../../report.js";
import { isUnknown, type Properties } from "../../values.js";
import { check } from "./check.js";
import { budgetProblem } from "./guards.js";
import { readLedger } from "./ledger.js";
import { read } from "./read.js";
import { review } from "./review.js";
import { fields, type Inputs, type State } from "./schema.js";
import { readSizes } from "./sizes.js";
import { holdings } from "./sync/have.js";
import { remove } from "./sync/settle.js";
import { sync } from "./sync/sync.js";

/** Documents in a collection: one resource, whose pieces are items under descriptions that carry its mark. */
export const lifecycle = {
  check,
  diff: compare,

  async create(context, inputs) {
    const id = idOf(inputs);
    return { id, state: await sync(context, id, inputs, new Map()) };
  },

  read,

  update: (context, id, state, inputs) => sync(context, id, inputs, readLedger(state.ledger)),

  async delete(context, id, state) {
    const { collectionId, owner, generation } = { ...ownerOfId(id), ...state };
    const ledger = readLedger(state.ledger);
    const items = await unlessNotFound(context.items.fresh(collectionId));
    if (!items) return;
    const { pieces, spoiled } = await holdings(context, { collectionId, owner, generation }, ledger, items);
    const recorded = Array.from(ledger.values()).flatMap((entry) => entry.pieces.map(({ itemId }) => itemId));
    const { failures } = await remove(context, { collectionId }, [...new Set([...recorded, ...pieces.map((piece) => piece.id), ...spoiled])], undefined);
    const [first] = failures;
    if (first) throw new Error(`${failures.length} pieces of the documents "${id}" could not be deleted; the others are. ${first.reason} Run "pulumi destroy" or "pulumi up" again.`);
  },
} satisfies Lifecycle<Inputs, State>;

/** `<collection id>/<owner>`, and which successor it is where it has been replaced. */
function idOf({ collectionId, owner, generation }: Inputs): string {
  return `${collectionId}/${owner}${generation === 0 ? "" : `.${generation}`}`;
}

function ownerOfId(id: string): { readonly collectionId: string; readonly owner: string; readonly generation: number } {
  const [, collectionId = "", owner = "", generation = "0"] = /^([^/]+)\/([^/.]+)(?:\.(\d+))?$/u.exec(id) ?? [];
  return { collectionId, owner, generation: Number(generation) };
}

/**
 * Compares the documents by their fingerprints, and shows the person who deploys what changes.
 *
 * @throws Error where it would cost more than the budget.
 */
async function compare(state: Properties, inputs: Properties, report: Report): Promise<Difference> {
  const known = state as Partial<State>;
  const ledger = readLedger(known.ledger);
  const sizes = readSizes(inputs["documents"]);
  const declared = isUnknown(inputs["documents"]) ? inputs["documents"] : fingerprints(sizes);
  const difference = diff(fields, { ...state, documents: fingerprints(ledger) }, { ...inputs, documents: declared });
  const changes = difference.changes || known.drift !== undefined;
  const { tokenBudget, resourceUrn, confidential } = inputs as unknown as Inputs;
  if (!changes || difference.replaces.length > 0 || isUnknown(declared)) return { ...difference, changes };
  const { text, tokensToEmbed } = review({ ledger, drift: known.drift }, { documents: sizes, confidential });
  await report(text, { urn: resourceUrn });
  const problem = tokensToEmbed === undefined ? undefined : budgetProblem(tokensToEmbed, tokenBudget);
  if (problem !== undefined) throw new Error(`tokenBudget ${problem}.`);
  return { ...difference, changes };
}

function fingerprints(documents: ReadonlyMap<string, { readonly fingerprint: string }>): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from(documents, ([name, { fingerprint }]) => [name, fingerprint]));
}
