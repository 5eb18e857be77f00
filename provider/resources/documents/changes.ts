import { grouped, plan, withOccurrences, type ChunkKey } from "./plan.js";

/** A chunk that is there, without its text. */
export interface Known extends ChunkKey {
  /** The innermost heading that it stands under; empty where there is none. */
  readonly section: string;
}

/** A chunk that is to be there. */
export interface Wanted extends Known {
  readonly tokens: number;
}

/** What becomes of one document's chunks. */
export interface DocumentChange {
  readonly added: readonly Wanted[];
  readonly dropped: readonly Known[];
  /** The documents from which chunks move here, at no cost. */
  readonly from: readonly string[];
}

/** What becomes of all chunks. */
export interface Changes {
  readonly add: readonly Wanted[];
  /** How many get new metadata. */
  readonly moved: number;
  readonly remove: readonly Known[];
  readonly tokensToEmbed: number;
  /** What becomes of a document's chunks, by its name. */
  readonly of: (document: string) => DocumentChange;
}

/** Compares chunks that are there with those that are to be, `document` being their document's name. */
export function changesOf(have: readonly Omit<Known, "occurrence">[], want: readonly Omit<Wanted, "occurrence">[]): Changes {
  const { add, move, remove } = plan<Known, Wanted>(withOccurrences(have), withOccurrences(want));
  const adds = grouped(add, ({ document }) => document);
  const removes = grouped(remove, ({ document }) => document);
  const moves = grouped(move, ({ want: { document } }) => document);
  return {
    add,
    moved: move.length,
    remove,
    tokensToEmbed: add.reduce((sum, { tokens }) => sum + tokens, 0),
    of: (document) => ({
      added: adds.get(document) ?? [],
      dropped: removes.get(document) ?? [],
      from: [...new Set((moves.get(document) ?? []).map((pair) => pair.have.document).filter((name) => name !== document))],
    }),
  };
}

/** The headings under which something changes. One whose chunks only go is told as removed. */
export function sectionsOf({ added, dropped }: Pick<DocumentChange, "added" | "dropped">): { readonly changed: readonly string[]; readonly removed: readonly string[] } {
  const names = (chunks: readonly Known[]): string[] => [...new Set(chunks.map(({ section }) => section).filter((section) => section !== ""))];
  const [changed, removed] = [names(added), names(dropped)];
  const short = (section: string): string => section.replace(/…$/u, "");
  return { changed, removed: removed.filter((section) => !changed.some((other) => other.startsWith(short(section)))) };
}
