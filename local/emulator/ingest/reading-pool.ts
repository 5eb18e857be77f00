import { isShort, readChunks } from "./read-chunks.js";
import { ReadingProcess } from "./reading-process.js";
import type { Chunk } from "./split.js";

/** Files that are read at the same time. */
const PROCESSES = 2;

/** A few reading processes: a file that takes its time does not hold up the next one. A short text needs none. */
export class ReadingPool {
  readonly #all = Array.from({ length: PROCESSES }, () => new ReadingProcess());
  readonly #free = [...this.#all];
  readonly #waiting: ((reader: ReadingProcess) => void)[] = [];

  /** @throws IngestionError where the file cannot be read, or not within the limits. */
  async read(filename: string, bytes: Uint8Array): Promise<Chunk[]> {
    if (isShort(filename, bytes)) return readChunks(filename, bytes);
    const reader = this.#free.pop() ?? (await new Promise<ReadingProcess>((resolve) => this.#waiting.push(resolve)));
    try {
      return await reader.read(filename, bytes);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(reader);
      else next(reader);
    }
  }

  close(): void {
    for (const reader of this.#all) reader.close();
  }
}
