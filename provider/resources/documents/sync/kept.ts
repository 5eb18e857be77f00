import { documentKey } from "../../../ownership/tag.js";
import { descriptionHash, type Ledger, type LedgerEntry, type LedgerPiece } from "../ledger.js";
import type { ScannedDocument } from "../scan.js";
import type { Have } from "./have.js";
import type { Want } from "./want.js";

/** A declared piece that the collection holds. */
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
  readonly ledger: Ledger;
  readonly intact: readonly { readonly name: string }[];
  readonly there: readonly Kept[];
  /** What should not be there any more, but is. */
  readonly left: readonly Have[];
  readonly spoiled: readonly string[];
  /** Documents of which a piece is missing. */
  readonly failed: ReadonlySet<string>;
  readonly confidential: boolean | undefined;
}

/** The ledger after a sync. A document that is not whole has no fingerprint, and so counts as changed the next time. */
export function keptLedger({ documents, ledger, intact, there, left, spoiled, failed, confidential }: Outcome): Ledger {
  const isIntact = new Set(intact.map(({ name }) => name));
  const known = new Map([...ledger.keys(), ...documents.map(({ name }) => name)].map((name) => [documentKey(name), name]));
  const recorded = new Map(Array.from(ledger.values()).flatMap(({ pieces }) => pieces.map((piece) => [piece.itemId, piece] as const)));
  const byName = groupedByName(there);
  const after = new Map<string, LedgerEntry>();
  for (const { name, fingerprint } of documents) {
    const before = ledger.get(name);
    if (isIntact.has(name) && before) after.set(name, before);
    else after.set(name, { fingerprint: failed.has(name) ? "" : fingerprint, pieces: piecesOf(byName.get(name) ?? [], confidential) });
  }
  const remains: [string, LedgerPiece][] = [
    ...left.map((piece): [string, LedgerPiece] => [known.get(piece.document) ?? `? ${piece.document}`, recorded.get(piece.id) ?? leftPiece(piece)]),
    ...Array.from(ledger).flatMap(([name, { pieces }]) => pieces.filter(({ itemId }) => spoiled.includes(itemId)).map((piece): [string, LedgerPiece] => [name, piece])),
  ];
  for (const [name, piece] of remains) {
    const entry = after.get(name);
    after.set(name, { fingerprint: "", pieces: [...(entry?.pieces ?? []), piece] });
  }
  return after;
}

function groupedByName(there: readonly Kept[]): ReadonlyMap<string, Kept[]> {
  const groups = new Map<string, Kept[]>(there.map(({ name }) => [name, []]));
  for (const piece of there) groups.get(piece.name)?.push(piece);
  return groups;
}

/** Only among several is the heading of one worth its place. */
function piecesOf(there: readonly Kept[], confidential: boolean | undefined): LedgerPiece[] {
  return there.map(({ want, id, description }) => {
    const section = confidential || there.length === 1 ? "" : (want.piece.headings.at(-1) ?? "");
    return { itemId: id, hash: want.hash, label: descriptionHash(description), section, partOf: want.partOf };
  });
}

function leftPiece({ id, hash, description }: Have): LedgerPiece {
  return { itemId: id, hash, label: descriptionHash(description), section: "" };
}
