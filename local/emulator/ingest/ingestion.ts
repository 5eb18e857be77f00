import type { Clock } from "../clock.js";
import type { Library } from "../library.js";
import type { FileRecord } from "../storage/records.js";
import { splitText } from "./split.js";
import { extractText } from "./extract.js";
import { IngestionError } from "./ingestion-error.js";

/** How a fault lets the ingestion of a file go wrong. */
export type IngestionFault = "stuck" | "failed" | undefined;

/** What the queue is made of. */
export interface IngestionParts {
  readonly library: Library;
  readonly clock: Clock;
  /** How long a file stays enqueued and then processing, each, in milliseconds. */
  readonly stageMs: number;
  readonly log: (line: string) => void;
}

/** Turns files into items, one after the other, behind the answers. */
export class Ingestion {
  #tail: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(private readonly parts: IngestionParts) {
    for (const file of parts.library.unfinishedFiles()) this.add(file, undefined);
  }

  add(file: FileRecord, fault: IngestionFault): void {
    this.#tail = this.#tail
      .then(() => this.#ingest(file, fault))
      // Whatever happened to one file, the next one has its turn.
      .catch((error: unknown) => this.parts.log(`Ingestion of ${file.filename} ended early: ${String(error)}`));
  }

  /** Takes no further file; one that is on its way is taken up again by the next start. */
  close(): void {
    this.#closed = true;
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
      const chunks = splitText(await extractText(file.filename, library.bytesOf(file)));
      if (chunks.length === 0) throw new IngestionError("The file has no text");
      if (this.#goesOn(file)) library.completeFile(file, chunks);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.parts.log(`Ingestion of ${file.filename} failed: ${message}`);
      if (this.#goesOn(file)) library.changeFile(file, { status: "failed", error: message });
    }
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
