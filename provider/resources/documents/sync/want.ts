import { sameText } from "../../../ownership/comparable.js";
import { describe, documentKey, readDescription, sameOwner } from "../../../ownership/tag.js";
import { BETWEEN } from "../../../ownership/title.js";
import type { Chunk } from "../../../documents/split/chunk.js";
import { parts } from "../../../documents/split/parts.js";
import { withOccurrences, type PieceKey } from "../plan.js";
import type { ScannedDocument } from "../scan.js";
import { othersOf, type Have, type Target } from "./have.js";

/** A piece that the collection is to hold. */
export interface Want extends PieceKey {
  /** The document's name. */
  readonly name: string;
  readonly piece: Chunk;
  /** The hash of the piece that this one is a part of. */
  readonly partOf?: string | undefined;
}

/** Characters of what stands behind the tag. */
const TITLE_LENGTH = 200;

/** What stands behind the tag: the document and the headings above the piece. */
export function titleOf({ name, piece }: Want): string {
  const title = [name, ...piece.headings].join(BETWEEN).replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
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

/** Cuts documents. Pieces that the collection holds in parts, since the API took them no other way, are wanted in parts. */
export async function wantsOf(documents: readonly ScannedDocument[], have: readonly Have[]): Promise<Want[]> {
  const found: Omit<Want, "occurrence">[] = [];
  for (const document of documents) {
    const pieces = await document.cut();
    found.push(...pieces.map((piece) => ({ name: document.name, document: documentKey(document.name), hash: piece.hash, piece })));
  }
  const wholes = new Set(found.map(({ hash }) => hash));
  const others = new Set(have.map(({ hash }) => hash).filter((hash) => !wholes.has(hash)));
  const held = new Set(have.map(({ hash }) => hash));
  if (others.size === 0) return withOccurrences(found);
  return withOccurrences(found.flatMap((want) => (held.has(want.hash) ? [want] : (heldParts(want, others, 0) ?? [want]))));
}

const SHORT_HASH = 12;

/** Gives pieces of the first format, which kept a part of the hash, the whole one where it is known. */
export function withWholeHashes(have: readonly Have[], want: readonly Want[]): readonly Have[] {
  if (!have.some(({ hash }) => hash.length === SHORT_HASH)) return have;
  const wholes = new Map(want.map(({ hash }) => [hash.slice(0, SHORT_HASH), hash]));
  return have.map((piece) => ({ ...piece, hash: piece.hash.length === SHORT_HASH ? (wholes.get(piece.hash) ?? piece.hash) : piece.hash }));
}

/** How often a piece is halved at most. */
const DEEPEST = 5;

/** The parts in which a piece is held, whole or not. */
function heldParts<W extends Omit<Want, "occurrence">>(want: W, held: ReadonlySet<string>, depth: number): W[] | undefined {
  const halves = depth < DEEPEST ? halvesOf(want) : [];
  if (halves.length < 2) return undefined;
  const nested = halves.map((half) => (held.has(half.hash) ? [half] : heldParts(half, held, depth + 1)));
  return nested.some((found) => found !== undefined) ? nested.flatMap((found, index) => found ?? (halves[index] ? [halves[index]] : [])) : undefined;
}

/** A piece as two; as one, where there is nothing left to cut. */
export function halvesOf<W extends Omit<Want, "occurrence">>(want: W): W[] {
  return parts(want.piece, 2).map((piece) => ({ ...want, piece, hash: piece.hash, partOf: want.partOf ?? want.hash }));
}
