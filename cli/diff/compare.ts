import { clean } from "../../provider/text/clean.js";
import { changesOf, type DocumentChange } from "../../provider/resources/documents/changes.js";
import type { ScannedDocument } from "../../provider/resources/documents/scan.js";
import { nameOf } from "../seen.js";
import type { DocumentSet } from "./documents.js";
import { chunksOf, costOf, sectionsOf } from "./chunks.js";
import type { DocumentDiff, ResourceDiff } from "./report.js";

/** Two versions of the documents of one resource. Either may not be there. */
export interface Versions {
  readonly urn: string;
  readonly before: DocumentSet | undefined;
  readonly after: DocumentSet | undefined;
  /** Whether the documents go to another collection, so that all are embedded again. */
  readonly isReplaced: boolean;
}

type Documents = ReadonlyMap<string, ScannedDocument>;

/** Compares them chunk by chunk. A document that one of them cannot read is left out of both. */
export async function compare({ urn, before, after, isReplaced }: Versions): Promise<ResourceDiff> {
  const unreadable = new Set([...unreadableIn(before), ...unreadableIn(after)]);
  const isReadable = ([name]: readonly [string, ScannedDocument]): boolean => !unreadable.has(name);
  const old: Documents = new Map([...(before?.documents ?? [])].filter(isReadable));
  const fresh: Documents = new Map([...(after?.documents ?? [])].filter(isReadable));
  const changed = [...fresh.values()].filter(({ name, fingerprint }) => old.get(name)?.fingerprint !== fingerprint);
  const gone = [...old.values()].filter(({ name }) => !fresh.has(name));
  const stale = changed.flatMap(({ name }) => old.get(name) ?? []);
  const changes = changesOf(await chunksOf([...stale, ...gone]), await chunksOf(changed));
  const diffOf = (name: string): DocumentDiff => {
    const becomes = changes.of(name);
    const isMoved = !old.has(name) && becomes.added.length === 0 && becomes.from.length > 0;
    const change = !fresh.has(name) ? "removed" : old.has(name) ? "changed" : isMoved ? "moved" : "added";
    return {
      name: clean(name),
      change,
      movedFrom: becomes.from.map(clean),
      sections: sectionsOf(becomes),
      ...costOf(becomes),
    };
  };
  // A document all of whose content moved is told where it went.
  const names = [...changed, ...gone.filter(({ name }) => !hasMovedAway(changes.of(name)))]
    .map(({ name }) => name)
    .sort();
  const documents = names.map(diffOf);
  const [was, is] = [sums(old), sums(fresh)];
  const embedded = isReplaced
    ? is
    : { chunks: sum(documents, (one) => one.chunks.toEmbed), tokens: sum(documents, (one) => one.tokens.toEmbed) };
  return {
    urn,
    resource: nameOf(urn),
    documents: before?.confidential === true || after?.confidential === true ? [] : documents,
    documentCount: { before: old.size, after: fresh.size },
    chunks: { before: was.chunks, after: is.chunks, toEmbed: embedded.chunks },
    tokens: { before: was.tokens, after: is.tokens, toEmbed: embedded.tokens },
  };
}

/** Whether a source could be listed, whatever is wrong with single documents of it. */
export function isListed(set: DocumentSet): boolean {
  return !set.isUnknown && set.problems.every(({ documents }) => documents.length === 1);
}

/** The documents that are left out for a problem of their own, which the others can do without. */
function unreadableIn(set: DocumentSet | undefined): string[] {
  return (set?.problems ?? []).flatMap(({ documents }) => documents);
}

/** Whether a document is gone only in name. */
function hasMovedAway({ before, deleted }: DocumentChange): boolean {
  return before.length > 0 && deleted.length === 0;
}

function sums(documents: Documents): { readonly chunks: number; readonly tokens: number } {
  const all = [...documents.values()];
  return { chunks: sum(all, ({ chunks }) => chunks), tokens: sum(all, ({ tokens }) => tokens) };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
