import type { Embedder } from "./embedder.js";

/** A text that waits for its vector. */
export interface Job {
  readonly collectionId: string;
  readonly itemId: string;
  readonly content: string;
}

/** Texts that go to the model at once: enough to be quick, few enough that a search does not wait long. */
const BATCH = 32;

/**
 * Computes vectors behind the answers: adding an item does not wait for the model, a search waits for what was
 * added before it.
 */
export class EmbeddingQueue {
  readonly #jobs: Job[] = [];
  #added = 0;
  #finished = 0;
  #batch: Promise<void> | undefined;
  #closed = false;

  /** @param done - takes the vector of an item. */
  constructor(
    private readonly embedder: Embedder,
    private readonly done: (job: Job, vector: Float32Array) => void,
  ) {}

  add(job: Job): void {
    this.#jobs.push(job);
    this.#added += 1;
    // Nobody waits for this run: its jobs stay in line, and the search that needs them meets the error itself.
    this.#next().then(() => this.#continue(), () => undefined);
  }

  /** Resolves when everything added before this call has its vector. */
  async settled(): Promise<void> {
    const target = this.#added;
    while (this.#finished < target && !this.#closed) await this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#jobs.length = 0;
    await this.#batch?.catch(() => undefined);
  }

  #continue(): void {
    if (this.#jobs.length > 0) this.#next().then(() => this.#continue(), () => undefined);
  }

  /** The batch that is on its way, or else the next one. */
  #next(): Promise<void> {
    this.#batch ??= this.#embed().finally(() => {
      this.#batch = undefined;
    });
    return this.#batch;
  }

  async #embed(): Promise<void> {
    // A turn of the loop, so that items which arrive together are embedded together.
    await new Promise((resolve) => setImmediate(resolve));
    const jobs = this.#jobs.slice(0, BATCH);
    if (jobs.length === 0) return;
    const vectors = await this.embedder.embed(jobs.map((job) => this.embedder.passage(job.content)));
    if (this.#closed) return;
    this.#jobs.splice(0, jobs.length);
    for (const [index, vector] of vectors.entries()) {
      const job = jobs[index];
      if (job !== undefined) this.done(job, vector);
    }
    this.#finished += jobs.length;
  }
}
