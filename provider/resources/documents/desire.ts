import { sameText } from "../../ownership/comparable.js";
import { describe, documentKey, readDescription, sameOwner } from "../../ownership/tag.js";
import { BETWEEN } from "../../ownership/title.js";
import type { Chunk } from "../../documents/split/chunk.js";
import { parts } from "../../documents/split/parts.js";
import { descriptionHash, type Manifest, type ManifestChunk } from "./manifest.js";
import { isOwn, othersOf, type Observed, type ObservedChunk, type Target } from "./observe.js";
import { grouped, withOccurrences, type ChunkKey } from "./plan.js";
import type { ScannedDocument } from "./scan.js";
import { sameFingerprint } from "./source/fingerprint.js";

/** A chunk that the collection is to hold. */
export interface DesiredChunk extends ChunkKey {
  /** The document's name. */
  readonly name: string;
  readonly chunk: Chunk;
  /** The hash of the chunk that this one is a part of. */
  readonly partOf?: string | undefined;
}

/** A desired chunk that the collection holds. */
export interface SyncedChunk {
  readonly desired: DesiredChunk;
  readonly id: string;
  readonly created: string;
  readonly description: string;
}

/** Characters of what stands behind the tag. */
const TITLE_LENGTH = 200;

/** What stands behind the tag: the document and the headings above the chunk. */
export function titleOf({ name, chunk }: DesiredChunk): string {
  const title = [name, ...chunk.headings]
    .join(BETWEEN)
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();
  const letters = Array.from(title);
  return letters.length <= TITLE_LENGTH
    ? title
    : `${letters
        .slice(0, TITLE_LENGTH - 1)
        .join("")
        .trimEnd()}…`;
}

/** An item's description. @param others claims of those who manage it besides. */
export function descriptionOf(
  { owner, secret, claimant: { claim } }: Target,
  desired: DesiredChunk,
  others: readonly string[] = [],
): string {
  const { document, hash, occurrence } = desired;
  return describe(
    { owner, claims: [...others, claim], hash, secret, chunk: { document, occurrence } },
    titleOf(desired),
  );
}

/** Whether an item's description says already what it is to say. */
export function isDescribed(target: Target, desired: DesiredChunk, observed: ObservedChunk): boolean {
  const { tag, title } = readDescription(observed.description);
  if (tag?.chunk === undefined || !sameOwner(tag, target) || tag.secret !== target.secret) return false;
  const claims = [...othersOf(target, observed), target.claimant.claim];
  const isClaimed = claims.length === tag.claims.length && claims.every((claim) => tag.claims.includes(claim));
  return (
    isClaimed &&
    tag.chunk.document === desired.document &&
    tag.chunk.occurrence === desired.occurrence &&
    sameText(title, titleOf(desired))
  );
}

/** What a collection is to hold of a source. */
export interface Desired {
  /** The chunks of the documents that may have to be changed. */
  readonly chunks: readonly DesiredChunk[];
  /** The others: the collection holds what the manifest says of them, and they need not even be split. */
  readonly unchanged: readonly { readonly name: string; readonly chunks: readonly ObservedChunk[] }[];
}

export async function desire(
  target: Target,
  documents: readonly ScannedDocument[],
  manifest: Manifest,
  { chunks, others }: Observed,
): Promise<Desired> {
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const byDocument = grouped(chunks, ({ document }) => document);
  const unchanged: { name: string; chunks: readonly ObservedChunk[] }[] = [];
  const rest: ScannedDocument[] = [];
  for (const document of documents) {
    const { name, fingerprint } = document;
    const entry = manifest.get(name);
    const intact = (entry?.chunks ?? []).flatMap((chunk) => {
      const item = byId.get(chunk.itemId);
      return item && isAsRecorded(target, chunk, item) ? [item] : [];
    });
    const isWhole =
      intact.length === entry?.chunks.length && intact.length === (byDocument.get(documentKey(name))?.length ?? 0);
    if (entry && isWhole && sameFingerprint(entry.fingerprint, fingerprint)) unchanged.push({ name, chunks: intact });
    else rest.push(document);
  }
  return { chunks: await chunksOf(rest, [...chunks, ...others]), unchanged };
}

/**
 * Whether an item is as the manifest says, and tagged by the owner that it is to have: a renamed resource takes its
 * tags along.
 */
function isAsRecorded(target: Target, { label, isOther }: ManifestChunk, { description, tag }: ObservedChunk): boolean {
  return (
    isOther !== true &&
    tag !== undefined &&
    descriptionHash(description) === label &&
    isOwn(target, tag) &&
    sameOwner(tag, target) &&
    tag.secret === target.secret
  );
}

/**
 * Splits documents. Chunks that the collection holds in parts, since the API took them no other way, are wanted in
 * parts.
 */
async function chunksOf(
  documents: readonly ScannedDocument[],
  observed: readonly ObservedChunk[],
): Promise<DesiredChunk[]> {
  const found: Omit<DesiredChunk, "occurrence">[] = [];
  for (const document of documents) {
    const chunks = await document.split();
    found.push(
      ...chunks.map((chunk) => ({
        name: document.name,
        document: documentKey(document.name),
        hash: chunk.hash,
        chunk,
      })),
    );
  }
  const wholes = new Set(found.map(({ hash }) => hash));
  const others = new Set(observed.map(({ hash }) => hash).filter((hash) => !wholes.has(hash)));
  const held = new Set(observed.map(({ hash }) => hash));
  if (others.size === 0) return withOccurrences(found);
  return withOccurrences(
    found.flatMap((desired) => (held.has(desired.hash) ? [desired] : (heldParts(desired, others, 0) ?? [desired]))),
  );
}

const SHORT_HASH = 12;

/** Gives chunks of the first format, which kept a part of the hash, the whole one where it is known. */
export function withWholeHashes(
  observed: readonly ObservedChunk[],
  desired: readonly DesiredChunk[],
): readonly ObservedChunk[] {
  if (!observed.some(({ hash }) => hash.length === SHORT_HASH)) return observed;
  const wholes = new Map(desired.map(({ hash }) => [hash.slice(0, SHORT_HASH), hash]));
  return observed.map((chunk) => ({
    ...chunk,
    hash: chunk.hash.length === SHORT_HASH ? (wholes.get(chunk.hash) ?? chunk.hash) : chunk.hash,
  }));
}

/** How often a chunk is halved at most. */
const DEEPEST = 5;

/** The parts in which a chunk is held, whole or not. */
function heldParts<W extends Omit<DesiredChunk, "occurrence">>(
  desired: W,
  held: ReadonlySet<string>,
  depth: number,
): W[] | undefined {
  const halves = depth < DEEPEST ? halvesOf(desired) : [];
  if (halves.length < 2) return undefined;
  const nested = halves.map((half) => (held.has(half.hash) ? [half] : heldParts(half, held, depth + 1)));
  return nested.some((found) => found !== undefined)
    ? nested.flatMap((found, index) => found ?? (halves[index] ? [halves[index]] : []))
    : undefined;
}

/** A chunk as two; as one, where there is nothing left to split. */
export function halvesOf<W extends Omit<DesiredChunk, "occurrence">>(desired: W): W[] {
  return parts(desired.chunk, 2).map((chunk) => ({
    ...desired,
    chunk,
    hash: chunk.hash,
    partOf: desired.partOf ?? desired.hash,
  }));
}
