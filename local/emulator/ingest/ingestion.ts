import type { Clock } from "../clock.js";
import type { Library } from "../library.js";
import type { Finder } from "../search/finder.js";
import type { FileRecord } from "../storage/records.js";
import { setImmediate } from "../timers.js";
import { IngestionError } from "./ingestion-error.js";
import { ReadingPool } from "./reading-pool.js";
import type { Chunk } from "./split.js";

/** How a fault lets the ingestion of a file go wrong. */
export type IngestionFault = "stuck" | "failed" | undefined;

/** What the queue is made of. */
export interface IngestionParts {
  readonly library: Library;
  readonly finder: Finder;
  readonly clock: Clock;
  /** How long a file stays enqueued and then processing, each, in milliseconds. */
  readonly stageMs: number;
  readonly log: (line: string) => void;
}

/** How far a file has come. */
export interface Progress {
  /** Chunks that can be found already. */
  readonly done: number;
  readonly chunks: number;
}

/** Chunks that become items at once: so few that requests wait a few milliseconds at most. */
const PART = 2;

/** Turns files into items, behind the answers: one after the other in a collection, and each collection for itself. */
export class Ingestion {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #progress = new Map<string, Progress>();
  readonly #readers = new ReadingPool();
  #closed = false;

  constructor(private readonly parts: IngestionParts) {
    for (const file of parts.library.unfinishedFiles()) this.add(file, undefined);
  }

  add(file: FileRecord, fault: IngestionFault): void {
    const { collectionId } = file;
    const tail = (this.#tails.get(collectionId) ?? Promise.resolve())
      .then(() => this.#ingest(file, fault))
      // Whatever happened to one file, the next one has its turn.
      .catch((error: unknown) => this.parts.log(`Ingestion of ${file.filename} ended early: ${String(error)}`))
      .finally(() => {
        this.#progress.delete(file.id);
        if (this.#tails.get(collectionId) === tail) this.#tails.delete(collectionId);
      });
    this.#tails.set(collectionId, tail);
  }

  /** How far a file has come, while it is under way. */
  progress(fileId: string): Progress | undefined {
    return this.#progress.get(fileId);
  }

  /** Takes no further file; one that is on its way is taken up again by the next start. */
  close(): void {
    this.#closed = true;
    this.#readers.close();
  }

  async #ingest(file: FileRecord, fault: IngestionFault): Promise<void> {
    await this.#stage();
    if (!this.#goesOn(file)) return;
    const { library } = this.parts;
    library.changeFile(file, { status: "processing" });
    if (fault === "stuck") return;
    await this.#stage();
    try {
      if (fault === "failed") throw new IngestionError("A fault on purpose");
      // What an emulator left that was ended before it was done.
      library.dropChunks(file);
      const chunks = await this.#readers.read(file.filename, library.bytesOf(file));
      await this.#addAll(file, chunks);
    } catch (error) {
      if (!this.#goesOn(file)) return;
      const message = error instanceof Error ? error.message : String(error);
      this.parts.log(`Ingestion of ${file.filename} failed: ${message}`);
      library.dropChunks(file);
      library.changeFile(file, { status: "failed", error: message });
    }
  }

  /** Makes items of chunks that have their vectors, so that no search waits for them. */
  async #addAll(file: FileRecord, chunks: readonly Chunk[]): Promise<void> {
    const { library, finder } = this.parts;
    for (let done = 0; done < chunks.length; done += PART) {
      this.#progress.set(file.id, { done, chunks: chunks.length });
      const part = chunks.slice(done, done + PART);
      const vectors = await finder.vectorsOf(part.map(({ text }) => text));
      if (!this.#goesOn(file)) return;
      library.addChunks(
        file,
        part.map(({ text }, index) => ({ text, vector: vectors[index] })),
      );
      await new Promise((resolve) => setImmediate(resolve));
    }
    const tokens = chunks.reduce((sum, chunk) => sum + chunk.tokens, 0);
    if (this.#goesOn(file)) library.completeFile(file, chunks.length, tokens);
  }

  async #stage(): Promise<void> {
    // A turn of the loop at least: the answer to the upload comes before the work.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.parts.stageMs > 0) await this.parts.clock.sleep(this.parts.stageMs);
  }

  #goesOn(file: FileRecord): boolean {
    return !this.#closed && this.parts.library.hasFile(file);
  }
}
