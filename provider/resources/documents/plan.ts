/** What tells one chunk of a resource from the others. */
export interface ChunkKey {
  /** Stands for the document. */
  readonly document: string;
  readonly hash: string;
  /** 0 for the first of a document's chunks with this hash, and so on. */
  readonly occurrence: number;
}

/** A chunk that is there, and what it is to be. */
export interface Pair<Observed, Desired> {
  readonly desired: Desired;
  readonly observed: Observed;
}

/**
 * How what is there becomes what is desired: a table of steps. Each that is there and each that is desired is in it
 * exactly once.
 */
export interface Plan<Observed, Desired> {
  /** They are as they are to be. */
  readonly keep: readonly Pair<Observed, Desired>[];
  /** The content is there under another description, as of another document: that is changed, and nothing embedded. */
  readonly update: readonly Pair<Observed, Desired>[];
  /** The content is there, but another state manages it, too. */
  readonly share: readonly Pair<Observed, Desired>[];
  readonly add: readonly Desired[];
  /** Last, when all others are done. */
  readonly delete: readonly Observed[];
}

/**
 * Compares chunks that are there with those that are desired.
 *
 * @param observed in the order in which those of the same key are to be preferred.
 * @param isDescribed whether a description says already what it is to say.
 */
export function plan<Observed extends ChunkKey, Desired extends ChunkKey>(
  observed: readonly Observed[],
  desired: readonly Desired[],
  isDescribed: (desired: Desired, observed: Observed) => boolean = () => true,
): Plan<Observed, Desired> {
  const byKey = grouped(observed, keyText);
  const pairs = desired.map((one) => ({ desired: one, observed: byKey.get(keyText(one))?.shift() }));
  const left = observed.filter(notIn(pairs));
  const byHash = grouped(left, ({ hash }) => hash);
  const unpaired = pairs.filter((pair) => pair.observed === undefined);
  const moves = unpaired.map((pair) => ({ desired: pair.desired, observed: byHash.get(pair.desired.hash)?.shift() }));
  const same = pairs.filter(isPair);
  return {
    keep: same.filter((pair) => isDescribed(pair.desired, pair.observed)),
    update: [...moves.filter(isPair), ...same.filter((pair) => !isDescribed(pair.desired, pair.observed))],
    share: [],
    add: moves.filter((pair) => pair.observed === undefined).map((pair) => pair.desired),
    delete: left.filter(notIn(moves)),
  };
}

/** The plan where some of what was to be added is shared instead. */
export function sharing<Observed, Desired>(
  steps: Plan<Observed, Desired>,
  share: readonly Pair<Observed, Desired>[],
): Plan<Observed, Desired> {
  const shared = new Set(share.map(({ desired }) => desired));
  return { ...steps, share, add: steps.add.filter((one) => !shared.has(one)) };
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

function notIn<Observed>(
  pairs: readonly { readonly observed: Observed | undefined }[],
): (observed: Observed) => boolean {
  const taken = new Set(pairs.map(({ observed }) => observed));
  return (observed) => !taken.has(observed);
}

function isPair<Observed, Desired>(pair: Pair<Observed | undefined, Desired>): pair is Pair<Observed, Desired> {
  return pair.observed !== undefined;
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
