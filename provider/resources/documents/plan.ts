/** What tells one chunk of a resource from the others. */
export interface ChunkKey {
  /** Stands for the document. */
  readonly document: string;
  readonly hash: string;
  /** 0 for the first of a document's chunks with this hash, and so on. */
  readonly occurrence: number;
}

/** How what is there becomes what is wanted. Each that is there and each that is wanted is in it exactly once. */
export interface Plan<Have, Want> {
  readonly keep: readonly { readonly want: Want; readonly have: Have }[];
  /** The content is there under another document's name or place: its description is changed, and nothing embedded. */
  readonly move: readonly { readonly want: Want; readonly have: Have }[];
  readonly add: readonly Want[];
  readonly remove: readonly Have[];
}

/** @param have in the order in which those of the same key are to be preferred. */
export function plan<Have extends ChunkKey, Want extends ChunkKey>(have: readonly Have[], want: readonly Want[]): Plan<Have, Want> {
  const byKey = grouped(have, keyText);
  const pairs = want.map((one) => ({ want: one, have: byKey.get(keyText(one))?.shift() }));
  const left = have.filter(notIn(pairs));
  const byHash = grouped(left, ({ hash }) => hash);
  const moves = pairs.filter((pair) => pair.have === undefined).map((pair) => ({ want: pair.want, have: byHash.get(pair.want.hash)?.shift() }));
  return {
    keep: pairs.filter(isPair),
    move: moves.filter(isPair),
    add: moves.filter((pair) => pair.have === undefined).map((pair) => pair.want),
    remove: left.filter(notIn(moves)),
  };
}

/** Groups in the order of what comes first. */
export function grouped<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

function notIn<Have>(pairs: readonly { readonly have: Have | undefined }[]): (have: Have) => boolean {
  const taken = new Set(pairs.map(({ have }) => have));
  return (have) => !taken.has(have);
}

function isPair<Have, Want>(pair: { readonly want: Want; readonly have: Have | undefined }): pair is { readonly want: Want; readonly have: Have } {
  return pair.have !== undefined;
}

/** A key in one text. */
export function keyText({ document, hash, occurrence }: ChunkKey): string {
  return `${document}:${hash}:${occurrence}`;
}

/** Numbers chunks of the same document and hash. */
export class Occurrences {
  readonly #next = new Map<string, number>();

  /** @param taken what is numbered already. */
  constructor(taken: readonly ChunkKey[] = []) {
    for (const { document, hash, occurrence } of taken) {
      const key = `${document}:${hash}`;
      this.#next.set(key, Math.max(this.#next.get(key) ?? 0, occurrence + 1));
    }
  }

  next({ document, hash }: Omit<ChunkKey, "occurrence">): number {
    const key = `${document}:${hash}`;
    const occurrence = this.#next.get(key) ?? 0;
    this.#next.set(key, occurrence + 1);
    return occurrence;
  }
}

export function withOccurrences<T extends Omit<ChunkKey, "occurrence">>(chunks: readonly T[]): (T & ChunkKey)[] {
  const occurrences = new Occurrences();
  return chunks.map((chunk) => ({ ...chunk, occurrence: occurrences.next(chunk) }));
}
