import { indexWords } from "./words.js";

/** The usual choice for short texts: a word said again counts little more, and a long text loses little. */
const SATURATION = 0.9;
const LENGTH_WEIGHT = 0.4;

/** How well a document fits by its words. */
export interface WordScore {
  /** The score (above 0). */
  readonly score: number;
  /** The share of the question's words that it has, the rare ones first: 0 to about 1. */
  readonly share: number;
}

/** Ranks documents by the words they share with a question (Okapi BM25). */
export class WordIndex {
  readonly #postings = new Map<string, Map<string, number>>();
  readonly #documents = new Map<string, { terms: readonly string[]; length: number }>();
  #length = 0;

  get size(): number {
    return this.#documents.size;
  }

  has(id: string): boolean {
    return this.#documents.has(id);
  }

  add(id: string, text: string): void {
    const counts = countWords(text);
    let length = 0;
    for (const [word, count] of counts) {
      const posting = this.#postings.get(word) ?? new Map<string, number>();
      this.#postings.set(word, posting.set(id, count));
      length += count;
    }
    this.#documents.set(id, { terms: [...counts.keys()], length });
    this.#length += length;
  }

  remove(id: string): void {
    const known = this.#documents.get(id);
    if (known === undefined) return;
    for (const term of known.terms) {
      const posting = this.#postings.get(term);
      posting?.delete(id);
      if (posting?.size === 0) this.#postings.delete(term);
    }
    this.#documents.delete(id);
    this.#length -= known.length;
  }

  /** The documents that share a word with the question. */
  scores(question: string): Map<string, WordScore> {
    const scores = new Map<string, WordScore>();
    const words = [...new Set(indexWords(question))];
    const whole = words.reduce((sum, word) => sum + this.#weight(this.#postings.get(word)?.size ?? 0), 0);
    for (const word of words) this.#addScores(word, whole, scores);
    return scores;
  }

  #addScores(word: string, whole: number, scores: Map<string, WordScore>): void {
    const posting = this.#postings.get(word);
    if (posting === undefined) return;
    const mean = this.#length / this.#documents.size;
    const rarity = Math.log(1 + (this.#documents.size - posting.size + 0.5) / (posting.size + 0.5));
    const weight = this.#weight(posting.size) / whole;
    for (const [id, count] of posting) {
      const length = this.#documents.get(id)?.length ?? mean;
      const damped = count + SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / mean);
      const fit = (count * (SATURATION + 1)) / damped;
      const { score, share } = scores.get(id) ?? { score: 0, share: 0 };
      scores.set(id, { score: score + rarity * fit, share: share + weight * fit });
    }
  }

  /** How much a word of a question counts; among few documents one that none of them has counts little more. */
  #weight(documents: number): number {
    return Math.log(1 + this.#documents.size / (documents + 1));
  }
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of indexWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
