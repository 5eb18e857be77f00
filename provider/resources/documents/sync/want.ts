import { sameText } from "../../../ownership/comparable.js";
import { describe, documentKey, readDescription, sameOwner } from "../../../ownership/tag.js";
import { BETWEEN } from "../../../ownership/title.js";
import type { Chunk } from "../../../documents/split/chunk.js";
import { parts } from "../../../documents/split/parts.js";
import { withOccurrences, type ChunkKey } from "../plan.js";
import type { ScannedDocument } from "../scan.js";
import { othersOf, type Have, type Target } from "./have.js";

/** A chunk that the collection is to hold. */
export interface Want extends ChunkKey {
  /** The document's name. */
  readonly name: string;
  readonly chunk: Chunk;
  /** The hash of the chunk that this one is a part of. */
  readonly partOf?: string | undefined;
}

/** Characters of what stands behind the tag. */
const TITLE_LENGTH = 200;

/** What stands behind the tag: the document and the headings above the chunk. */
export function titleOf({ name, chunk }: Want): string {
  const title = [name, ...chunk.headings].join(BETWEEN).replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  const letters = Array.from(title);
  return letters.length <= TITLE_LENGTH ? title : `${letters.slice(0, TITLE_LENGTH - 1).join("").trimEnd()}…`;
}

/** An item's description. @param others claims of those who manage it besides. */
export function descriptionOf({ owner, secret, claimant: { claim } }: Target, want: Want, others: readonly string[] = []): string {
  const { document, hash, occurrence } = want;
  return describe({ owner, claims: [...others, claim], hash, secret, chunk: { document, occurrence } }, titleOf(want));
}

/** Whether an item's description says already what it is to say. */
export function isDescribed(target: Target, want: Want, have: Have): boolean {
  const { tag, title } = readDescription(have.description);
  if (tag?.chunk === undefined || !sameOwner(tag, target) || tag.secret !== target.secret) return false;
  const claims = [...othersOf(target, have), target.claimant.claim];
  const isClaimed = claims.length === tag.claims.length && claims.every((claim) => tag.claims.includes(claim));
  return isClaimed && tag.chunk.document === want.document && tag.chunk.occurrence === want.occurrence && sameText(title, titleOf(want));
}

/** Splits documents. Chunks that the collection holds in parts, since the API took them no other way, are wanted in parts. */
export async function wantsOf(documents: readonly ScannedDocument[], have: readonly Have[]): Promise<Want[]> {
  const found: Omit<Want, "occurrence">[] = [];
  for (const document of documents) {
    const chunks = await document.split();
    found.push(...chunks.map((chunk) => ({ name: document.name, document: documentKey(document.name), hash: chunk.hash, chunk })));
  }
  const wholes = new Set(found.map(({ hash }) => hash));
  const others = new Set(have.map(({ hash }) => hash).filter((hash) => !wholes.has(hash)));
  const held = new Set(have.map(({ hash }) => hash));
  if (others.size === 0) return withOccurrences(found);
  return withOccurrences(found.flatMap((want) => (held.has(want.hash) ? [want] : (heldParts(want, others, 0) ?? [want]))));
}

const SHORT_HASH = 12;

/** Gives chunks of the first format, which kept a part of the hash, the whole one where it is known. */
export function withWholeHashes(have: readonly Have[], want: readonly Want[]): readonly Have[] {
  if (!have.some(({ hash }) => hash.length === SHORT_HASH)) return have;
  const wholes = new Map(want.map(({ hash }) => [hash.slice(0, SHORT_HASH), hash]));
  return have.map((chunk) => ({ ...chunk, hash: chunk.hash.length === SHORT_HASH ? (wholes.get(chunk.hash) ?? chunk.hash) : chunk.hash }));
}

/** How often a chunk is halved at most. */
const DEEPEST = 5;

/** The parts in which a chunk is held, whole or not. */
function heldParts<W extends Omit<Want, "occurrence">>(want: W, held: ReadonlySet<string>, depth: number): W[] | undefined {
  const halves = depth < DEEPEST ? halvesOf(want) : [];
  if (halves.length < 2) return undefined;
  const nested = halves.map((half) => (held.has(half.hash) ? [half] : heldParts(half, held, depth + 1)));
  return nested.some((found) => found !== undefined) ? nested.flatMap((found, index) => found ?? (halves[index] ? [halves[index]] : [])) : undefined;
}

/** A chunk as two; as one, where there is nothing left to split. */
export function halvesOf<W extends Omit<Want, "occurrence">>(want: W): W[] {
  return parts(want.chunk, 2).map((chunk) => ({ ...want, chunk, hash: chunk.hash, partOf: want.partOf ?? want.hash }));
}
