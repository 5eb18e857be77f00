import type { Embedder } from "../embeddings/embedder.js";
import { WordIndex } from "./bm25.js";
import { Ranking } from "./ranking.js";
import { VectorTable } from "./vectors.js";

/** Finds the items of one collection by meaning and by words. */
export class CollectionIndex {
  readonly #words = new WordIndex();
  readonly #vectors: VectorTable;

  constructor(private readonly embedder: Embedder) {
    this.#vectors = new VectorTable(embedder.dimensions);
  }

  get empty(): boolean {
    return this.#words.size === 0;
  }

  has(id: string): boolean {
    return this.#words.has(id);
  }

  addWords(id: string, content: string): void {
    this.#words.add(id, content);
  }

  addVector(id: string, vector: Float32Array): void {
    this.#vectors.add(id, vector);
  }

  remove(id: string): void {
    this.#words.remove(id);
    this.#vectors.remove(id);
  }

  /** Ids of the closest items, best first; those with less than the least score are left out. */
  async search(question: string, limit: number, least = -Infinity): Promise<string[]> {
    const [query] = await this.embedder.embed([question]);
    const words = this.#words.scores(question);
    const ranking = new Ranking(limit, least);
    // Whoever searches has waited for the vectors, so every item has one.
    this.#vectors.compare(query ?? new Float32Array(this.embedder.dimensions), (id, cosine) => {
      ranking.offer(id, cosine + this.embedder.wordWeight * (words.get(id) ?? 0));
    });
    return ranking.ids();
  }
}
