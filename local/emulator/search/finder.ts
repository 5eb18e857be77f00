import type { Embedder } from "../embeddings/embedder.js";
import { EmbeddingQueue } from "../embeddings/queue.js";
import type { LibraryListener } from "../library.js";
import type { ItemRecord } from "../storage/records.js";
import type { Store } from "../storage/store.js";
import { CollectionIndex } from "./collection-index.js";

/** Finds items. It follows the library as its listener, and keeps the vectors it made in the store. */
export class Finder implements LibraryListener {
  readonly #indexes = new Map<string, CollectionIndex>();
  readonly #queue: EmbeddingQueue;
  readonly #known: Map<string, Float32Array>;

  constructor(
    private readonly embedder: Embedder,
    private readonly store: Store,
  ) {
    this.#known = new Map(Array.from(store.vectors(embedder.name), ({ itemId, vector }) => [itemId, vector]));
    this.#queue = new EmbeddingQueue(embedder, ({ collectionId, itemId }, vector) => this.#keep(collectionId, itemId, vector));
  }

  added({ id, collectionId, content }: ItemRecord): void {
    const index = this.#index(collectionId);
    index.addWords(id, content);
    const vector = this.#known.get(id);
    this.#known.delete(id);
    if (vector === undefined) this.#queue.add({ collectionId, itemId: id, content });
    else index.addVector(id, vector);
  }

  removed({ id, collectionId }: ItemRecord): void {
    const index = this.#indexes.get(collectionId);
    index?.remove(id);
    if (index?.empty === true) this.#indexes.delete(collectionId);
  }

  /** Ids of the items of a collection that are closest to the question, best first. */
  async find(collectionId: string, question: string, limit: number): Promise<string[]> {
    await this.#queue.settled();
    return (await this.#indexes.get(collectionId)?.search(question, limit)) ?? [];
  }

  /** Those of some texts that are closest to the question, best first; none where nothing fits. */
  async closest(question: string, texts: readonly string[], limit: number): Promise<string[]> {
    if (texts.length === 0) return [];
    const index = new CollectionIndex(this.embedder);
    const vectors = await this.embedder.embed(texts.map((text) => this.embedder.passage(text)));
    for (const [position, text] of texts.entries()) {
      index.addWords(String(position), text);
      index.addVector(String(position), vectors[position] ?? new Float32Array(this.embedder.dimensions));
    }
    const found = await index.search(question, limit, this.embedder.relevance);
    return found.flatMap((position) => texts[Number(position)] ?? []);
  }

  async close(): Promise<void> {
    await this.embedder.close();
    await this.#queue.close();
  }

  #keep(collectionId: string, itemId: string, vector: Float32Array): void {
    const index = this.#indexes.get(collectionId);
    // The item may be gone by now.
    if (index?.has(itemId) !== true) return;
    index.addVector(itemId, vector);
    this.store.apply([{ put: "vector", record: { itemId, model: this.embedder.name, vector } }]);
  }

  #index(collectionId: string): CollectionIndex {
    const index = this.#indexes.get(collectionId) ?? new CollectionIndex(this.embedder);
    this.#indexes.set(collectionId, index);
    return index;
  }
}
