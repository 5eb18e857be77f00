import type { Embedder } from "../embeddings/embedder.js";
import { EmbeddingQueue } from "../embeddings/queue.js";
import type { LibraryListener } from "../library.js";
import type { ItemRecord } from "../storage/records.js";
import type { Store } from "../storage/store.js";
import { CollectionIndex, type Hit } from "./collection-index.js";

/** A text of a list, and how close it is. */
export interface Ranked extends Omit<Hit, "id"> {
  readonly position: number;
}

/** Finds items. It follows the library as its listener, and keeps the vectors it made in the store. */
export class Finder implements LibraryListener {
  readonly #indexes = new Map<string, CollectionIndex>();
  readonly #queue: EmbeddingQueue;
  readonly #known: Map<string, Float32Array>;

  constructor(
    private readonly embedder: Embedder,
    private readonly store: Store,
  ) {
    const { name } = embedder;
    const kept = name === undefined ? [] : store.vectors(name);
    this.#known = new Map(Array.from(kept, ({ itemId, vector }) => [itemId, vector]));
    this.#queue = new EmbeddingQueue(embedder, ({ collectionId, itemId }, vector) =>
      this.#keep(collectionId, itemId, vector),
    );
  }

  /** @param vector - of its content, where that is known; otherwise it is computed behind the answer. */
  added({ id, collectionId, content }: ItemRecord, vector?: Float32Array): void {
    const index = this.#index(collectionId);
    index.addWords(id, content);
    const kept = this.#known.get(id);
    this.#known.delete(id);
    if (kept !== undefined) index.addVector(id, kept);
    else if (vector !== undefined) this.#keep(collectionId, id, vector);
    else this.#queue.add({ collectionId, itemId: id, content });
  }

  removed({ id, collectionId }: ItemRecord): void {
    const index = this.#indexes.get(collectionId);
    index?.remove(id);
    if (index?.empty === true) this.#indexes.delete(collectionId);
  }

  /** The items of a collection, those closest to the question first. Waits for what was added to it before. */
  async find(collectionId: string, question: string, limit: number): Promise<readonly Hit[]> {
    await this.#queue.settled(collectionId);
    const hits = (await this.#indexes.get(collectionId)?.search(question)) ?? [];
    return limit < hits.length ? hits.slice(0, limit) : hits;
  }

  /** Some texts by their positions, those closest to the question first. */
  async rank(question: string, texts: readonly string[]): Promise<Ranked[]> {
    const index = new CollectionIndex(this.embedder);
    const vectors = texts.length === 0 ? [] : await this.embedder.embed(texts, "question");
    for (const [position, text] of texts.entries()) {
      index.addWords(String(position), text);
      index.addVector(String(position), vectors[position] ?? new Float32Array());
    }
    return (await index.search(question)).map(({ id, ...hit }) => ({ ...hit, position: Number(id) }));
  }

  /** Those of some sentences that are closest to the question, and not far behind the first. */
  async closest(question: string, sentences: readonly string[], limit: number): Promise<string[]> {
    const ranked = await this.rank(question, sentences);
    const close = ranked.filter(({ score }) => score >= (ranked[0]?.score ?? 0) / 2);
    return close.slice(0, limit).flatMap(({ position }) => sentences[position] ?? []);
  }

  /** Vectors of a file's chunks; what others wait for goes first. */
  vectorsOf(texts: readonly string[]): Promise<Float32Array[]> {
    return this.embedder.embed(texts, "file");
  }

  /** How many texts of each collection wait for their vectors. */
  waiting(): { readonly collection: string; readonly waiting: number }[] {
    return this.#queue.waiting();
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
    const { name: model } = this.embedder;
    if (model !== undefined) this.store.apply([{ put: "vector", record: { itemId, model, vector } }]);
  }

  #index(collectionId: string): CollectionIndex {
    const index = this.#indexes.get(collectionId) ?? new CollectionIndex(this.embedder);
    this.#indexes.set(collectionId, index);
    return index;
  }
}
