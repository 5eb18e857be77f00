import { clean } from "../../provider/text/clean.js";
import { grouped } from "../../provider/resources/documents/plan.js";
import { tokensOf, type DocumentChange, type ShownChunk } from "../../provider/resources/documents/changes.js";
import type { ScannedDocument } from "../../provider/resources/documents/scan.js";
import type { Cost, Kind, SectionDiff } from "./report.js";

/** What a document costs, or a section of one. */
export function costOf({ before, after, added }: DocumentChange): { readonly chunks: Cost; readonly tokens: Cost } {
  return {
    chunks: { before: before.length, after: after.length, toEmbed: added.length },
    tokens: { before: tokensOf(before), after: tokensOf(after), toEmbed: tokensOf(added) },
  };
}

/** The sections of a document that change: first those that are there, then those that go. */
export function sectionsOf(document: DocumentChange): SectionDiff[] {
  const keys = new Set([...document.after, ...document.before].map(sectionKey));
  const parts = (["before", "after", "added", "deleted", "arrived", "departed"] as const).map(
    (part) => [part, grouped(document[part], sectionKey)] as const,
  );
  return [...keys].flatMap((key) => {
    const of = Object.fromEntries(parts.map(([part, bySection]) => [part, bySection.get(key) ?? []]));
    const section = { ...document, ...of } satisfies DocumentChange;
    const change = kindOf(section);
    return change === undefined
      ? []
      : [
          {
            headings: ((section.after[0] ?? section.before[0])?.headings ?? []).map(clean),
            change,
            ...costOf(section),
          },
        ];
  });
}

/** What goes on in another document is told there. */
function kindOf({ before, after, added, deleted, arrived, departed }: DocumentChange): Kind | undefined {
  if (after.length === 0) return deleted.length > 0 ? "removed" : undefined;
  if (before.length === 0) return arrived.length === after.length ? "moved" : "added";
  return added.length + arrived.length + deleted.length + departed.length > 0 ? "changed" : undefined;
}

/** The chunks of documents, split again: one after the other, as what is split need not be in memory at once. */
export async function chunksOf(documents: readonly ScannedDocument[]): Promise<Omit<ShownChunk, "occurrence">[]> {
  const all: Omit<ShownChunk, "occurrence">[] = [];
  for (const { name, split } of documents)
    all.push(...(await split()).map(({ hash, tokens, headings }) => ({ document: name, hash, tokens, headings })));
  return all;
}

function sectionKey({ headings }: ShownChunk): string {
  return headings.join("\n");
}
