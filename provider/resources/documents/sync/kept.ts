import { documentKey } from "../../../ownership/tag.js";
import { descriptionHash, type Manifest, type ManifestEntry, type ManifestChunk } from "../manifest.js";
import type { ScannedDocument } from "../scan.js";
import type { Have } from "./have.js";
import type { Want } from "./want.js";

/** A declared chunk that the collection holds. */
export interface Kept {
  readonly name: string;
  readonly want: Want;
  readonly id: string;
  readonly created: string;
  readonly description: string;
}

/** What a sync has found and done. */
export interface Outcome {
  readonly documents: readonly ScannedDocument[];
  /** As it was before. */
  readonly manifest: Manifest;
  readonly intact: readonly { readonly name: string }[];
  readonly there: readonly Kept[];
  /** What should not be there any more, but is. */
  readonly left: readonly Have[];
  readonly mismatched: readonly string[];
  /** Documents of which a chunk is missing. */
  readonly failed: ReadonlySet<string>;
  readonly confidential: boolean | undefined;
}

/** The manifest after a sync. A document that is not whole has no fingerprint, and so counts as changed the next time. */
export function keptManifest({ documents, manifest, intact, there, left, mismatched, failed, confidential }: Outcome): Manifest {
  const isIntact = new Set(intact.map(({ name }) => name));
  const known = new Map([...manifest.keys(), ...documents.map(({ name }) => name)].map((name) => [documentKey(name), name]));
  const recorded = new Map(Array.from(manifest.values()).flatMap(({ chunks }) => chunks.map((chunk) => [chunk.itemId, chunk] as const)));
  const byName = groupedByName(there);
  const after = new Map<string, ManifestEntry>();
  for (const { name, fingerprint } of documents) {
    const before = manifest.get(name);
    if (isIntact.has(name) && before) after.set(name, before);
    else after.set(name, { fingerprint: failed.has(name) ? "" : fingerprint, chunks: chunksOf(byName.get(name) ?? [], confidential) });
  }
  const remains: [string, ManifestChunk][] = [
    ...left.map((chunk): [string, ManifestChunk] => [known.get(chunk.document) ?? `? ${chunk.document}`, recorded.get(chunk.id) ?? leftChunk(chunk)]),
    ...Array.from(manifest).flatMap(([name, { chunks }]) => chunks.filter(({ itemId }) => mismatched.includes(itemId)).map((chunk): [string, ManifestChunk] => [name, chunk])),
  ];
  for (const [name, chunk] of remains) {
    const entry = after.get(name);
    after.set(name, { fingerprint: "", chunks: [...(entry?.chunks ?? []), chunk] });
  }
  return after;
}

function groupedByName(there: readonly Kept[]): ReadonlyMap<string, Kept[]> {
  const groups = new Map<string, Kept[]>(there.map(({ name }) => [name, []]));
  for (const chunk of there) groups.get(chunk.name)?.push(chunk);
  return groups;
}

/** Only among several is the heading of one worth its place. */
function chunksOf(there: readonly Kept[], confidential: boolean | undefined): ManifestChunk[] {
  return there.map(({ want, id, description }) => {
    const section = confidential || there.length === 1 ? "" : (want.chunk.headings.at(-1) ?? "");
    return { itemId: id, hash: want.hash, label: descriptionHash(description), section, partOf: want.partOf };
  });
}

function leftChunk({ id, hash, description }: Have): ManifestChunk {
  return { itemId: id, hash, label: descriptionHash(description), section: "" };
}
