import { indexWords } from "./words.js";

/** The usual choice for short texts: a word said again counts little more, and a long text loses little. */
const SATURATION = 0.9;
const LENGTH_WEIGHT = 0.4;

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

  /** The documents that share a word with the question, with their scores (above 0). */
  scores(question: string): Map<string, number> {
    const scores = new Map<string, number>();
    for (const word of new Set(indexWords(question))) this.#addScores(word, scores);
    return scores;
  }

  #addScores(word: string, scores: Map<string, number>): void {
    const posting = this.#postings.get(word);
    if (posting === undefined) return;
    const mean = this.#length / this.#documents.size;
    const rarity = Math.log(1 + (this.#documents.size - posting.size + 0.5) / (posting.size + 0.5));
    for (const [id, count] of posting) {
      const length = this.#documents.get(id)?.length ?? mean;
      const damped = count + SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / mean);
      scores.set(id, (scores.get(id) ?? 0) + (rarity * count * (SATURATION + 1)) / damped);
    }
  }
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of indexWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
