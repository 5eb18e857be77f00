import { grouped, plan, withOccurrences, type ChunkKey, type Pair } from "./plan.js";

/** A chunk as plans are shown: without its text, under the name of its document. */
export interface ShownChunk extends ChunkKey {
  /** From the outermost; of what is deployed the innermost alone. */
  readonly headings: readonly string[];
  /** By the estimate; 0 where it is deployed, and nobody asks. */
  readonly tokens: number;
}

/** What becomes of one document's chunks. */
export interface DocumentChange {
  readonly before: readonly ShownChunk[];
  readonly after: readonly ShownChunk[];
  readonly added: readonly ShownChunk[];
  readonly deleted: readonly ShownChunk[];
  /** Those that come from other documents, at no cost, and those that go to others. */
  readonly arrived: readonly ShownChunk[];
  readonly departed: readonly ShownChunk[];
  /** The documents from which they come. */
  readonly from: readonly string[];
}

/** What a deployment does with all chunks, and with those of a document by its name. */
export interface Changes {
  readonly added: readonly ShownChunk[];
  /** How many get new metadata. */
  readonly updated: number;
  readonly deleted: readonly ShownChunk[];
  readonly of: (document: string) => DocumentChange;
}

/** The plan as previews and `diff` show it: chunks that are there against those that are to be. */
export function changesOf(
  observed: readonly Omit<ShownChunk, "occurrence">[],
  desired: readonly Omit<ShownChunk, "occurrence">[],
): Changes {
  const [before, after] = [
    withOccurrences<Omit<ShownChunk, "occurrence">>(observed),
    withOccurrences<Omit<ShownChunk, "occurrence">>(desired),
  ];
  const { add, update, delete: deleted } = plan<ShownChunk, ShownChunk>(before, after);
  const between = update.filter((pair) => pair.observed.document !== pair.desired.document);
  const [were, are, added, gone] = [before, after, add, deleted].map((chunks) =>
    grouped<ShownChunk>(chunks, ({ document }) => document),
  );
  const arrived = grouped<Pair<ShownChunk, ShownChunk>>(between, (pair) => pair.desired.document);
  const departed = grouped<Pair<ShownChunk, ShownChunk>>(between, (pair) => pair.observed.document);
  return {
    added: add,
    updated: update.length,
    deleted,
    of: (document) => ({
      before: were?.get(document) ?? [],
      after: are?.get(document) ?? [],
      added: added?.get(document) ?? [],
      deleted: gone?.get(document) ?? [],
      arrived: (arrived.get(document) ?? []).map((pair) => pair.desired),
      departed: (departed.get(document) ?? []).map((pair) => pair.observed),
      from: [...new Set((arrived.get(document) ?? []).map((pair) => pair.observed.document))],
    }),
  };
}

export function tokensOf(chunks: readonly Pick<ShownChunk, "tokens">[]): number {
  return chunks.reduce((sum, { tokens }) => sum + tokens, 0);
}
