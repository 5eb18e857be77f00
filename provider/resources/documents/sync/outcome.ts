import { documentKey } from "../../../ownership/tag.js";
import { descriptionHash, type Manifest, type ManifestEntry, type ManifestChunk } from "../manifest.js";
import { grouped } from "../plan.js";
import type { ScannedDocument } from "../scan.js";
import type { ObservedChunk } from "../observe.js";
import type { Done } from "./carry-out.js";
import type { SyncedChunk } from "../desire.js";

/** What a sync has found and done. */
export interface Outcome {
  readonly documents: readonly ScannedDocument[];
  /** As it was before. */
  readonly manifest: Manifest;
  readonly unchanged: readonly { readonly name: string }[];
  readonly done: Done;
  readonly mismatched: readonly ObservedChunk[];
  readonly confidential: boolean | undefined;
}

/**
 * The manifest after a sync. A document that is not whole has no fingerprint, and so counts as changed the next time.
 */
export function manifestAfter({ documents, manifest, unchanged, done, mismatched, confidential }: Outcome): Manifest {
  const isUnchanged = new Set(unchanged.map(({ name }) => name));
  const byName = grouped(done.there, ({ desired }) => desired.name);
  const failed = new Set((done.doubt === undefined ? done.failures : done.there).map(({ desired }) => desired.name));
  const after = new Map<string, ManifestEntry>();
  for (const { name, fingerprint } of documents) {
    const before = manifest.get(name);
    if (isUnchanged.has(name) && before) after.set(name, before);
    else
      after.set(name, {
        fingerprint: failed.has(name) ? "" : fingerprint,
        chunks: chunksOf(byName.get(name) ?? [], confidential),
      });
  }
  for (const [name, chunk] of remains({ documents, manifest, done, mismatched })) {
    after.set(name, { fingerprint: "", chunks: [...(after.get(name)?.chunks ?? []), chunk] });
  }
  return after;
}

/** What should not be there any more, but is. */
function remains({
  documents,
  manifest,
  done,
  mismatched,
}: Pick<Outcome, "documents" | "manifest" | "done" | "mismatched">): (readonly [string, ManifestChunk])[] {
  const names = new Map(
    [...manifest.keys(), ...documents.map(({ name }) => name)].map((name) => [documentKey(name), name]),
  );
  const recorded = new Map(
    Array.from(manifest).flatMap(([name, { chunks }]) =>
      chunks.map((chunk) => [chunk.itemId, [name, chunk] as const] as const),
    ),
  );
  const left = done.left.map(
    (chunk) =>
      [names.get(chunk.document) ?? `? ${chunk.document}`, recorded.get(chunk.id)?.[1] ?? leftChunk(chunk)] as const,
  );
  return [
    ...left,
    ...(done.isWhole ? [] : mismatched.map(({ id }) => recorded.get(id)).filter((known) => known !== undefined)),
  ];
}

/** Only among several is the heading of one worth its place. */
function chunksOf(there: readonly SyncedChunk[], confidential: boolean | undefined): ManifestChunk[] {
  return there.map(({ desired, id, description }) => {
    const section = confidential || there.length === 1 ? "" : (desired.chunk.headings.at(-1) ?? "");
    return { itemId: id, hash: desired.hash, label: descriptionHash(description), section, partOf: desired.partOf };
  });
}

function leftChunk({ id, hash, description }: ObservedChunk): ManifestChunk {
  return { itemId: id, hash, label: descriptionHash(description), section: "" };
}
