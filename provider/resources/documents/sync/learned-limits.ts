import { extname } from "node:path";
import { count, number } from "../../../text/quantity.js";
import { estimateTokens } from "../../../text/tokens.js";
import type { DesiredChunk } from "../desire.js";

/** What a run has learned of one kind of text, in tokens by our estimate. */
interface Learned {
  /** The most that is sent. */
  limit: number;
  readonly kind: string;
  refused: number;
  spared: number;
}

/** So much of what was refused is sent next: the model may count a good deal more than the estimate. */
const NEXT = 0.75;

/**
 * How long chunks may be, as a run finds out by refusals. The model's tokens are its own, and other languages than
 * English have more of them: once a chunk is refused, those of its kind that are about as long are split before they
 * are sent.
 */
export class LearnedLimits {
  readonly #learned = new Map<string, Learned>();
  readonly #accepted = new Map<string, number>();
  /** Taken and not yet in `#accepted`: looked at only once something is refused, which is seldom. */
  readonly #fresh: DesiredChunk[] = [];

  /** Notes that a chunk was taken. */
  accepted(desired: DesiredChunk): void {
    this.#fresh.push(desired);
  }

  /** Notes that a chunk was refused as too long. */
  refused(desired: DesiredChunk): void {
    const kind = kindOf(desired);
    const known = this.#learned.get(kind) ?? { limit: Infinity, kind: desired.name, refused: 0, spared: 0 };
    const next = Math.max(Math.floor(estimateTokens(desired.chunk.content) * NEXT), this.#longest(kind));
    this.#learned.set(kind, { ...known, limit: Math.min(known.limit, next), refused: known.refused + 1 });
  }

  /** The tokens of the longest chunk of a kind that was taken. */
  #longest(kind: string): number {
    for (const taken of this.#fresh.splice(0)) {
      const ofIt = kindOf(taken);
      this.#accepted.set(ofIt, Math.max(this.#accepted.get(ofIt) ?? 0, estimateTokens(taken.chunk.content)));
    }
    return this.#accepted.get(kind) ?? 0;
  }

  /** Whether a chunk is going to be refused, as far as that is known, and so is to be split at once. */
  isTooLong(desired: DesiredChunk): boolean {
    if (this.#learned.size === 0) return false;
    const known = this.#learned.get(kindOf(desired));
    if (known === undefined || estimateTokens(desired.chunk.content) <= known.limit) return false;
    known.spared++;
    return true;
  }

  /** What was learned, in a sentence for each kind. */
  sentences(): string[] {
    return [...this.#learned.values()].map(({ kind, limit, refused, spared }) => {
      const others = spared === 0 ? "" : `, and ${spared} more before ${spared === 1 ? "it was" : "they were"} sent`;
      const kinds = extname(kind) === "" ? "documents such as this" : `${extname(kind)} documents`;
      return (
        `The API refused ${count(refused, "chunk")} of ${kinds} as too long: ` +
        `${refused === 1 ? "it was" : "they were"} split smaller${others}. ` +
        `maxTokens: ${number(limit).replaceAll(",", "")} would split all documents so.`
      );
    });
  }
}

/** Texts that a model counts alike, as far as can be told: documents of one format, in letters of one kind. */
function kindOf({ name, chunk: { content } }: DesiredChunk): string {
  const letters = content.match(/\p{L}/gu)?.length ?? 0;
  const foreign = content.match(/[^\p{ASCII}\P{L}]/gu)?.length ?? 0;
  const share = letters === 0 ? 0 : foreign / letters;
  return `${extname(name).toLowerCase()} ${share < 0.01 ? "plain" : share < 0.3 ? "accented" : "other"}`;
}
