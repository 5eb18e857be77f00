import { clean } from "../../provider/text/clean.js";
import { grouped, plan, withOccurrences, type PieceKey, type Plan } from "../../provider/resources/documents/plan.js";
import type { ScannedDocument } from "../../provider/resources/documents/scan.js";
import type { Cost, Kind, SectionDiff } from "./report.js";

/** A piece with the section that it stands in. */
export interface PlacedPiece extends PieceKey {
  readonly tokens: number;
  readonly headings: readonly string[];
}

/** Pieces of two versions, and what a deployment does with them. */
export class PiecePlan {
  readonly #added: ReadonlySet<PlacedPiece>;
  readonly #removed: ReadonlySet<PlacedPiece>;
  readonly #from: ReadonlyMap<PlacedPiece, string>;
  readonly #left: ReadonlySet<PlacedPiece>;
  readonly #before: ReadonlyMap<string, readonly PlacedPiece[]>;
  readonly #after: ReadonlyMap<string, readonly PlacedPiece[]>;

  constructor(before: readonly PlacedPiece[], after: readonly PlacedPiece[]) {
    const { add, move, remove }: Plan<PlacedPiece, PlacedPiece> = plan(before, after);
    this.#before = grouped(before, ({ document }) => document);
    this.#after = grouped(after, ({ document }) => document);
    this.#added = new Set(add);
    this.#removed = new Set(remove);
    this.#from = new Map(move.map(({ want, have }) => [want, have.document]));
    // What goes on in another document is told there.
    const elsewhere = move.filter(({ want, have }) => want.document !== have.document).map(({ have }) => have);
    this.#left = new Set([...remove, ...elsewhere]);
  }

  before(document: string): readonly PlacedPiece[] {
    return this.#before.get(document) ?? [];
  }

  after(document: string): readonly PlacedPiece[] {
    return this.#after.get(document) ?? [];
  }

  /** The other documents from which pieces move into one. */
  movedFrom(document: string): string[] {
    const from = this.after(document).flatMap((piece) => this.#from.get(piece) ?? []);
    return [...new Set(from)].filter((name) => name !== document);
  }

  /** Whether a document is gone only in name. */
  hasMovedAway(document: string): boolean {
    const pieces = this.before(document);
    return pieces.length > 0 && pieces.every((piece) => !this.#removed.has(piece));
  }

  cost(before: readonly PlacedPiece[], after: readonly PlacedPiece[]): { readonly pieces: Cost; readonly tokens: Cost } {
    const added = after.filter((piece) => this.#added.has(piece));
    return {
      pieces: { before: before.length, after: after.length, toEmbed: added.length },
      tokens: { before: tokensOf(before), after: tokensOf(after), toEmbed: tokensOf(added) },
    };
  }

  /** The sections of a document that change: first those that are there, then those that go. */
  sections(document: string): SectionDiff[] {
    const [before, after] = [bySection(this.before(document)), bySection(this.after(document))];
    return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
      const [was, is] = [before.get(key) ?? [], after.get(key) ?? []];
      const change = this.#change(document, was, is);
      return change === undefined ? [] : [{ headings: ((is[0] ?? was[0])?.headings ?? []).map(clean), change, ...this.cost(was, is) }];
    });
  }

  #change(document: string, was: readonly PlacedPiece[], is: readonly PlacedPiece[]): Kind | undefined {
    const comes = (piece: PlacedPiece): boolean => (this.#from.get(piece) ?? document) !== document;
    if (is.length === 0) return was.some((piece) => this.#removed.has(piece)) ? "removed" : undefined;
    if (was.length === 0) return is.every(comes) ? "moved" : "added";
    return is.some((piece) => this.#added.has(piece) || comes(piece)) || was.some((piece) => this.#left.has(piece)) ? "changed" : undefined;
  }
}

/** The pieces of a document, cut anew. */
export async function piecesOf({ name, cut }: ScannedDocument): Promise<PlacedPiece[]> {
  const pieces = await cut();
  return withOccurrences(pieces.map(({ hash, tokens, headings }) => ({ document: name, hash, tokens, headings })));
}

function bySection(pieces: readonly PlacedPiece[]): Map<string, PlacedPiece[]> {
  return grouped(pieces, ({ headings }) => headings.join("\n"));
}

function tokensOf(pieces: readonly PlacedPiece[]): number {
  return pieces.reduce((sum, { tokens }) => sum + tokens, 0);
}
