import { quote } from "./source/names.js";
import { count, number } from "../../text/quantity.js";

/** Of the documents, how many a deployment may delete where the program says nothing. */
export const DEFAULT_MAX_DELETE_PERCENT = 50;

/** Documents whose content goes: they are not there any more, or have no text any more. */
export interface Deletion {
  readonly deleted: readonly string[];
  /** The names of documents that are there without a text. */
  readonly empty: ReadonlySet<string>;
  /** Whether their names may not be told. */
  readonly confidential?: boolean | undefined;
  /** How many documents have content now. */
  readonly of: number;
}

/** The names of documents that have a text, and of those that have none. */
export function byText(
  documents: readonly { readonly name: string; readonly chunks: number }[],
): readonly [withText: ReadonlySet<string>, empty: ReadonlySet<string>] {
  const named = (all: typeof documents): ReadonlySet<string> => new Set(all.map(({ name }) => name));
  return [named(documents.filter(({ chunks }) => chunks > 0)), named(documents.filter(({ chunks }) => chunks === 0))];
}

const SHOWN = 5;

/** Why a deployment may not delete so many documents, in words that follow the source's name. */
export function deleteProblem(
  { deleted, empty, of, confidential }: Deletion,
  maxDeletePercent: number,
): string | undefined {
  if (deleted.length === 0 || (deleted.length * 100) / of <= maxDeletePercent) return undefined;
  const more = deleted.length > SHOWN ? ` and ${number(deleted.length - SHOWN)} more` : "";
  const names = confidential ? "" : ` (${deleted.slice(0, SHOWN).map(quote).join(", ")}${more})`;
  const lacks = deleted.some((name) => empty.has(name)) ? "lacks the text of" : "lacks";
  return (
    `${lacks} ${number(deleted.length)} of ${count(of, "document")} that are deployed${names}, and maxDeletePercent ` +
    `allows to delete ${maxDeletePercent} %. ` +
    `Bring them back, or allow it: maxDeletePercent: ${Math.min(100, Math.ceil((deleted.length * 100) / of))}`
  );
}

/** Why so many tokens may not be embedded, in words that follow the budget's name. */
export function budgetProblem(tokens: number, tokenBudget: number | undefined): string | undefined {
  if (tokenBudget === undefined || tokens <= tokenBudget) return undefined;
  return (
    `is ${number(tokenBudget)}, but about ${number(tokens)} tokens are to be embedded: raise it, or deploy fewer ` +
    "documents at a time"
  );
}
