import type { Embedder } from "./embedder.js";

/** A text that waits for its vectors. */
export interface Job {
  readonly collectionId: string;
  readonly itemId: string;
  readonly content: string;
}

/** Texts of about this many characters go to the model at once: enough to be quick, little enough in memory. */
const BATCH_CHARACTERS = 4_000;

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

  /** @param done - takes the vectors of an item, one behind the other. */
  constructor(
    private readonly embedder: Embedder,
    private readonly done: (job: Job, values: Float32Array) => void,
  ) {}

  add(job: Job): void {
    this.#jobs.push(job);
    this.#added += 1;
    // Nobody waits for this run: its jobs stay in line, and the search that needs them meets the error itself.
    this.#next().then(() => this.#continue(), () => undefined);
  }

  /** Resolves when everything added before this call has its vectors. */
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
    const jobs = this.#jobs.slice(0, this.#batchLength());
    if (jobs.length === 0) return;
    const passages = jobs.map((job) => this.embedder.passages(job.content));
    const vectors = await this.embedder.embed(passages.flat());
    if (this.#closed) return;
    this.#jobs.splice(0, jobs.length);
    let row = 0;
    for (const [index, job] of jobs.entries()) {
      const count = passages[index]?.length ?? 0;
      this.done(job, joined(vectors.slice(row, row + count), this.embedder.dimensions));
      row += count;
    }
    this.#finished += jobs.length;
  }

  #batchLength(): number {
    let characters = 0;
    const end = this.#jobs.findIndex((job) => (characters += job.content.length) > BATCH_CHARACTERS);
    return end === -1 ? this.#jobs.length : Math.max(1, end);
  }
}

function joined(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const values = new Float32Array(vectors.length * dimensions);
  for (const [row, vector] of vectors.entries()) values.set(vector, row * dimensions);
  return values;
}
