import { relevanceOf, type Embedder } from "../embeddings/embedder.js";
import { WordIndex } from "./bm25.js";
import { VectorTable } from "./vectors.js";

/** What was found, and how close it is: the higher, the closer. */
export interface Hit {
  readonly id: string;
  readonly score: number;
  /** Whether it has something to do with the question, however far the others are. */
  readonly relevant: boolean;
}

/** Finds the items of one collection by meaning and by words. */
export class CollectionIndex {
  readonly #words = new WordIndex();
  readonly #vectors = new VectorTable();

  constructor(private readonly embedder: Embedder) {}

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

  /** All items, best first; of equal ones the one that came first. */
  async search(question: string): Promise<Hit[]> {
    const [query = new Float32Array()] = await this.embedder.embed([question], "question");
    const words = this.#words.scores(question);
    const hits: Hit[] = [];
    const { wordWeight, relevance } = this.embedder;
    // Whoever searches has waited for the vectors, so every item has one.
    this.#vectors.compare(query, (id, cosine) => {
      const { score, share } = words.get(id) ?? { score: 0, share: 0 };
      const relevant = relevanceOf(share, cosine) >= relevance;
      hits.push({ id, score: cosine + wordWeight * score, relevant });
    });
    return hits.sort((a, b) => b.score - a.score);
  }
}
