import { createHash } from "node:crypto";

/** The ledger as the state holds it: a line for each document, by its name. */
export type LedgerText = Readonly<Record<string, string>>;

/** One piece of a document that the collection holds. */
export interface LedgerPiece {
  readonly itemId: string;
  /** `pieceHash` of its content. */
  readonly hash: string;
  /** `descriptionHash` of the item's description. */
  readonly label: string;
  /** The heading that it stands under, shortened; empty where there is none, or it must not be written down. */
  readonly section: string;
  /** The hash of the piece that this one is a part of, where the API took it in parts only. */
  readonly partOf?: string | undefined;
  /** Whether its content was read and is not what it was made of. */
  readonly isOther?: true | undefined;
}

/** What the collection holds of one document. */
export interface LedgerEntry {
  /** Of the document as it was synced whole; empty where it was not. */
  readonly fingerprint: string;
  /** By the estimate. */
  readonly tokens: number;
  readonly pieces: readonly LedgerPiece[];
}

export type Ledger = ReadonlyMap<string, LedgerEntry>;

/** Of a heading, so that a piece stays within 80 bytes of the state. */
const SECTION_BYTES = 26;

/** Four characters (24 bits) by which a changed description is noticed. */
export function descriptionHash(description: string): string {
  return createHash("sha256").update(description, "utf8").digest("base64url").slice(0, 4);
}

/** Writes a ledger: `<fingerprint> <tokens>|<hash><label><item id>=<section>|…`, a part with `^<whole's hash>` at its end. */
export function writeLedger(ledger: Ledger): LedgerText {
  return Object.fromEntries(Array.from(ledger, ([name, { fingerprint, tokens, pieces }]) => [name, [`${fingerprint} ${tokens}`, ...pieces.map(writePiece)].join("|")]));
}

function writePiece({ itemId, hash, label, section, partOf, isOther }: LedgerPiece): string {
  const heading = shortened(section.replaceAll(/[|^\\"\p{Cc}\s]+/gu, " ").trim());
  return `${isOther ? "!" : ""}${hash}${label}${encodeURIComponent(itemId)}${heading === "" ? "" : `=${heading}`}${partOf === undefined ? "" : `^${partOf}`}`;
}

function shortened(section: string): string {
  if (Buffer.byteLength(section) <= SECTION_BYTES) return section;
  let cut = "";
  for (const character of section) {
    if (Buffer.byteLength(cut + character) > SECTION_BYTES - 3) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

const PIECE = /^(!?)([\w-]{8})([\w-]{4})([^|=^]+)(?:=([^|^]*))?(?:\^([\w-]{8}))?$/u;

/** Reads a ledger. What is no part of one, after a hand went through the state, is left out: the list of the collection finds it again. */
export function readLedger(text: LedgerText | undefined): Ledger {
  return new Map(Object.entries(text ?? {}).map(([name, line]) => [name, readEntry(line)]));
}

function readEntry(line: string): LedgerEntry {
  const [head = "", ...pieces] = line.split("|");
  const [fingerprint = "", tokens = "0"] = head.split(" ");
  return { fingerprint, tokens: Number(tokens) || 0, pieces: pieces.flatMap(readPiece) };
}

function readPiece(text: string): LedgerPiece[] {
  const match = PIECE.exec(text);
  if (!match) return [];
  const [, other, hash = "", label = "", itemId = "", section = "", partOf] = match;
  return [{ itemId: decodeURIComponent(itemId), hash, label, section, ...(partOf !== undefined && { partOf }), ...(other === "!" && { isOther: true }) }];
}

/** What stands for the content of a whole ledger. */
export function revisionOf(ledger: Ledger): string {
  const content = Array.from(ledger, ([name, { pieces }]) => [name, pieces.map(({ hash }) => hash).sort()] as const).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return createHash("sha256").update(JSON.stringify(content), "utf8").digest("base64url").slice(0, 16);
}
