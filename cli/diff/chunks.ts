import { clean } from "../../provider/text/clean.js";
import { grouped, plan, withOccurrences, type ChunkKey, type Plan } from "../../provider/resources/documents/plan.js";
import type { ScannedDocument } from "../../provider/resources/documents/scan.js";
import type { Cost, Kind, SectionDiff } from "./report.js";

/** A chunk with the section that it stands in. */
export interface PlacedChunk extends ChunkKey {
  readonly tokens: number;
  readonly headings: readonly string[];
}

/** Chunks of two versions, and what a deployment does with them. */
export class ChunkPlan {
  readonly #added: ReadonlySet<PlacedChunk>;
  readonly #removed: ReadonlySet<PlacedChunk>;
  readonly #from: ReadonlyMap<PlacedChunk, string>;
  readonly #left: ReadonlySet<PlacedChunk>;
  readonly #before: ReadonlyMap<string, readonly PlacedChunk[]>;
  readonly #after: ReadonlyMap<string, readonly PlacedChunk[]>;

  constructor(before: readonly PlacedChunk[], after: readonly PlacedChunk[]) {
    const { add, move, remove }: Plan<PlacedChunk, PlacedChunk> = plan(before, after);
    this.#before = grouped(before, ({ document }) => document);
    this.#after = grouped(after, ({ document }) => document);
    this.#added = new Set(add);
    this.#removed = new Set(remove);
    this.#from = new Map(move.map(({ want, have }) => [want, have.document]));
    // What goes on in another document is told there.
    const elsewhere = move.filter(({ want, have }) => want.document !== have.document).map(({ have }) => have);
    this.#left = new Set([...remove, ...elsewhere]);
  }

  before(document: string): readonly PlacedChunk[] {
    return this.#before.get(document) ?? [];
  }

  after(document: string): readonly PlacedChunk[] {
    return this.#after.get(document) ?? [];
  }

  /** The other documents from which chunks move into one. */
  movedFrom(document: string): string[] {
    const from = this.after(document).flatMap((chunk) => this.#from.get(chunk) ?? []);
    return [...new Set(from)].filter((name) => name !== document);
  }

  /** Whether a document is gone only in name. */
  hasMovedAway(document: string): boolean {
    const chunks = this.before(document);
    return chunks.length > 0 && chunks.every((chunk) => !this.#removed.has(chunk));
  }

  cost(before: readonly PlacedChunk[], after: readonly PlacedChunk[]): { readonly chunks: Cost; readonly tokens: Cost } {
    const added = after.filter((chunk) => this.#added.has(chunk));
    return {
      chunks: { before: before.length, after: after.length, toEmbed: added.length },
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

  #change(document: string, was: readonly PlacedChunk[], is: readonly PlacedChunk[]): Kind | undefined {
    const comes = (chunk: PlacedChunk): boolean => (this.#from.get(chunk) ?? document) !== document;
    if (is.length === 0) return was.some((chunk) => this.#removed.has(chunk)) ? "removed" : undefined;
    if (was.length === 0) return is.every(comes) ? "moved" : "added";
    return is.some((chunk) => this.#added.has(chunk) || comes(chunk)) || was.some((chunk) => this.#left.has(chunk)) ? "changed" : undefined;
  }
}

/** The chunks of a document, split again. */
export async function chunksOf({ name, split }: ScannedDocument): Promise<PlacedChunk[]> {
  const chunks = await split();
  return withOccurrences(chunks.map(({ hash, tokens, headings }) => ({ document: name, hash, tokens, headings })));
}

function bySection(chunks: readonly PlacedChunk[]): Map<string, PlacedChunk[]> {
  return grouped(chunks, ({ headings }) => headings.join("\n"));
}

function tokensOf(chunks: readonly PlacedChunk[]): number {
  return chunks.reduce((sum, { tokens }) => sum + tokens, 0);
}
