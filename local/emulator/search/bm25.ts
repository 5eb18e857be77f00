import { indexWords } from "./words.js";

const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;

/** Ranks documents by the words they share with a question (Okapi BM25). */
export class WordIndex {
  readonly #postings = new Map<string, Map<string, number>>();
  readonly #words = new Map<string, { terms: readonly string[]; length: number }>();
  #length = 0;

  get size(): number {
    return this.#words.size;
  }

  has(id: string): boolean {
    return this.#words.has(id);
  }

  add(id: string, text: string): void {
    const words = indexWords(text);
    for (const word of words) {
      const posting = this.#postings.get(word) ?? new Map<string, number>();
      posting.set(id, (posting.get(id) ?? 0) + 1);
      this.#postings.set(word, posting);
    }
    this.#words.set(id, { terms: [...new Set(words)], length: words.length });
    this.#length += words.length;
  }

  remove(id: string): void {
    const known = this.#words.get(id);
    if (known === undefined) return;
    for (const term of known.terms) {
      const posting = this.#postings.get(term);
      posting?.delete(id);
      if (posting?.size === 0) this.#postings.delete(term);
    }
    this.#words.delete(id);
    this.#length -= known.length;
  }

  /** The documents that share a word with the question, with their scores (above 0). */
  scores(question: string): Map<string, number> {
    const scores = new Map<string, number>();
    const mean = this.#length / Math.max(1, this.#words.size);
    for (const word of new Set(indexWords(question))) {
      const posting = this.#postings.get(word);
      if (posting === undefined) continue;
      const rarity = Math.log(1 + (this.#words.size - posting.size + 0.5) / (posting.size + 0.5));
      for (const [id, count] of posting) {
        const length = this.#words.get(id)?.length ?? mean;
        const damped = count + SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / mean);
        scores.set(id, (scores.get(id) ?? 0) + (rarity * count * (SATURATION + 1)) / damped);
      }
    }
    return scores;
  }
}
