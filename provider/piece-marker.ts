import { createHash } from "node:crypto";

/**
 * The mark in front of the description of an item that is a piece of a document. One list call so tells which pieces of
 * which documents a collection holds, whoever uploaded them and whether or not anybody wrote it down.
 *
 * `[vi:d:<owner>:<generation>:<document>:<hash>:<occurrence>] <title>`: at most 48 ASCII characters before the title.
 */
export interface PieceMarker {
  /** Names the managing resource: twelve characters made from its URN by `ownerOf`. */
  readonly owner: string;
  /** How many times the resource has been replaced, so that what is in place is never mistaken for its successor. */
  readonly generation: number;
  /** Stands for the document's name: `documentKey`. */
  readonly document: string;
  /** Stands for the item's content: `pieceHash`. */
  readonly hash: string;
  /** 0 for the first of a document's pieces with this content, 1 for the second, and so on. */
  readonly occurrence: number;
}

const PATTERN = /^\[vi:d:([A-Za-z0-9_-]{12}):([0-9a-z]{1,4}):([A-Za-z0-9_-]{8}):([A-Za-z0-9_-]{8}):([0-9a-z]{1,4})\](?: |$)/u;

/** Eight characters (48 bits) that stand for a document's name. */
export function documentKey(name: string): string {
  return short(name);
}

/** Eight characters (48 bits) that stand for a piece's content. */
export function pieceHash(text: string): string {
  return short(text);
}

/** Puts the marker in front of a title. */
export function withPieceMarker({ owner, generation, document, hash, occurrence }: PieceMarker, title: string): string {
  return `[vi:d:${owner}:${generation.toString(36)}:${document}:${hash}:${occurrence.toString(36)}] ${title}`.trimEnd();
}

/** Takes a description apart. Only what stands at its very beginning counts as a marker, so no title can imitate one. */
export function readPieceDescription(description: string): { marker?: PieceMarker; title: string } {
  const match = PATTERN.exec(description);
  if (!match) return { title: description };
  const [whole, owner = "", generation = "0", document = "", hash = "", occurrence = "0"] = match;
  const marker = { owner, generation: Number.parseInt(generation, 36), document, hash, occurrence: Number.parseInt(occurrence, 36) };
  return { marker, title: description.slice(whole.length) };
}

function short(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64url").slice(0, 8);
}
