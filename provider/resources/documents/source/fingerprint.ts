import { createHash } from "node:crypto";
import { kindOf } from "../../../documents/read/kinds.js";
import type { SplitOptions } from "../../../documents/split/split.js";

/** Raised whenever the same document comes to be read or split in another way. */
const VERSION = 2;

/**
 * Twenty-two characters (132 bits) for all that a document's chunks hang on: its bytes, what its name says of them and
 * how it is split.
 */
export function fingerprint(name: string, bytes: Uint8Array, { maxTokens, overlapTokens }: SplitOptions): string {
  const settings = JSON.stringify([VERSION, maxTokens, overlapTokens, kindOf(name)]);
  return createHash("sha256").update(`${settings}\0`).update(bytes).digest("base64url").slice(0, 22);
}

/** Whether two fingerprints stand for the same. The first format kept eight characters. */
export function sameFingerprint(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === "" || b === "") return a === b;
  return a.length < b.length ? b.startsWith(a) : a.startsWith(b);
}
