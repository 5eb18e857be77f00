import { clean } from "../../provider/client/http/words.js";
import { changesOf, sectionsOf } from "../../provider/resources/documents/changes.js";
import { budgetProblem, DEFAULT_MAX_DELETE_PERCENT, deletedNames, deleteProblem } from "../../provider/resources/documents/guards.js";
import type { Outline, OutlinedDocument } from "../../provider/resources/documents/outline.js";
import { nameOf } from "../seen.js";
import type { DocumentDiff, Problem, ResourceDiff } from "./report.js";

const NOTHING: Outline = { urn: "", documents: [], problems: [], confidential: false };

/** Compares what two versions of a program declare under one name. Either may not be there. */
export function compare(urn: string, before: Outline = NOTHING, after: Outline = NOTHING): ResourceDiff {
  const [old, fresh] = [byName(before), byName(after)];
  const changed = [...fresh.values()].filter(({ name, fingerprint }) => old.get(name)?.fingerprint !== fingerprint);
  const gone = [...old.values()].filter(({ name }) => !fresh.has(name));
  const stale = changed.flatMap(({ name }) => old.get(name) ?? []);
  const { add, tokensToEmbed, of } = changesOf([...stale, ...gone].flatMap(({ pieces }) => pieces), changed.flatMap(({ pieces }) => pieces));
  const diffOf = (name: string): DocumentDiff => {
    const change = of(name);
    const [was, is] = [old.get(name), fresh.get(name)];
    const toEmbed = { pieces: change.added.length, tokens: sum(change.added) };
    const kind = was === undefined ? (toEmbed.pieces === 0 && change.from.length > 0 ? "moved" : "added") : is === undefined ? "removed" : "changed";
    const { changed: touched, removed } = sectionsOf(change);
    return {
      name: clean(name),
      change: kind,
      movedFrom: change.from.map(clean),
      sections: kind === "changed" ? { changed: touched.map(clean), removed: removed.map(clean) } : { changed: [], removed: [] },
      pieces: { before: was?.pieces.length ?? 0, after: is?.pieces.length ?? 0, toEmbed: toEmbed.pieces },
      tokens: { before: was?.tokens ?? 0, after: is?.tokens ?? 0, toEmbed: toEmbed.tokens },
    };
  };
  // A document all of whose content moved is told where it went.
  const removed = gone.filter(({ name, pieces }) => pieces.length === 0 || of(name).dropped.length > 0);
  const names = [...changed, ...removed].map(({ name }) => name).sort();
  return {
    urn,
    resource: nameOf(urn),
    documents: before.confidential || after.confidential ? [] : names.map(diffOf),
    documentCount: { before: old.size, after: fresh.size },
    pieces: { before: pieceCount(before), after: pieceCount(after), toEmbed: add.length },
    tokens: { before: sum(before.documents), after: sum(after.documents), toEmbed: tokensToEmbed },
  };
}

/** What would make a deployment of it fail, which embeds so many tokens. */
export function problemsOf(resource: string, tokensToEmbed: number, before: Outline = NOTHING, after: Outline): Problem[] {
  const { maxDeletePercent = DEFAULT_MAX_DELETE_PERCENT, tokenBudget } = after;
  if (after.problems.length > 0) return after.problems.map(({ property, reason }) => ({ kind: "unreadable", resource, message: clean(`${property} ${reason}.`) }));
  if (after.documents.length === 0 && maxDeletePercent < 100) return [{ kind: "delete-guard", resource, message: "source has no documents that can be read, and maxDeletePercent is not 100." }];
  const deleted = deletedNames(byName(before), after.documents);
  const tooMany = deleteProblem({ deleted: after.confidential ? deleted.map(() => "[secret]") : deleted, of: before.documents.length }, maxDeletePercent);
  const tooMuch = budgetProblem(tokensToEmbed, tokenBudget);
  return [
    ...(tooMany === undefined ? [] : [{ kind: "delete-guard" as const, resource, message: clean(`source ${tooMany}.`) }]),
    ...(tooMuch === undefined ? [] : [{ kind: "over-budget" as const, resource, message: `tokenBudget ${tooMuch}.` }]),
  ];
}

function byName({ documents }: Outline): ReadonlyMap<string, OutlinedDocument> {
  return new Map(documents.map((document) => [document.name, document]));
}

function pieceCount({ documents }: Outline): number {
  return documents.reduce((count, { pieces }) => count + pieces.length, 0);
}

function sum(all: readonly { readonly tokens: number }[]): number {
  return all.reduce((total, { tokens }) => total + tokens, 0);
}
