import { setImmediate } from "../timers.js";
import type { Embedder } from "./embedder.js";

/** A text that waits for its vector. */
export interface Job {
  readonly collectionId: string;
  readonly itemId: string;
  readonly content: string;
}

/** Texts that go to the model at once: enough to be quick, few enough that a search elsewhere does not wait long. */
const BATCH = 8;

/** What waits in one collection. */
interface Line {
  readonly jobs: Job[];
  added: number;
  finished: number;
  /** Searches that wait for it. */
  searches: number;
}

/**
 * Computes vectors behind the answers: adding an item does not wait for the model, a search waits for what was added to
 * its own collection before it. Collections that are searched go first, then each has its turn.
 */
export class EmbeddingQueue {
  readonly #lines = new Map<string, Line>();
  #batch: Promise<void> | undefined;
  #closed = false;

  /** @param done - takes the vector of an item. */
  constructor(
    private readonly embedder: Embedder,
    private readonly done: (job: Job, vector: Float32Array) => void,
  ) {}

  add(job: Job): void {
    const line = this.#lines.get(job.collectionId) ?? { jobs: [], added: 0, finished: 0, searches: 0 };
    this.#lines.set(job.collectionId, line);
    line.jobs.push(job);
    line.added += 1;
    this.#continue();
  }

  /** Resolves when everything added to a collection before this call has its vector. */
  async settled(collectionId: string): Promise<void> {
    const line = this.#lines.get(collectionId);
    if (line === undefined) return;
    const target = line.added;
    line.searches += 1;
    try {
      while (line.finished < target && !this.#closed) await this.#next();
    } finally {
      line.searches -= 1;
    }
  }

  /** How many texts of each collection wait. */
  waiting(): { readonly collection: string; readonly waiting: number }[] {
    return [...this.#lines].map(([collection, { jobs }]) => ({ collection, waiting: jobs.length }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#lines.clear();
    await this.#batch?.catch(() => undefined);
  }

  /**
   * Goes on while there is something. Nobody waits for this: a failed batch stays in line, and a search meets the
   * error.
   */
  #continue(): void {
    if (this.#lines.size > 0)
      this.#next().then(
        () => this.#continue(),
        () => undefined,
      );
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
    const [id, line] = this.#first() ?? [];
    if (id === undefined || line === undefined) return;
    const jobs = line.jobs.slice(0, BATCH);
    const vectors = await this.embedder.embed(
      jobs.map(({ content }) => content),
      "item",
    );
    if (this.#closed) return;
    line.jobs.splice(0, jobs.length);
    for (const [index, vector] of vectors.entries()) {
      const job = jobs[index];
      if (job !== undefined) this.done(job, vector);
    }
    line.finished += jobs.length;
    // To the end, so that the others have their turn.
    this.#lines.delete(id);
    if (line.jobs.length > 0) this.#lines.set(id, line);
  }

  #first(): [string, Line] | undefined {
    const lines = [...this.#lines];
    return lines.find(([, { searches }]) => searches > 0) ?? lines[0];
  }
}
