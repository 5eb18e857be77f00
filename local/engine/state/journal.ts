import { closeSync, existsSync, fsync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { StackPlace } from "./backend.js";
import { drafted, load, save, type Snapshot } from "./checkpoint.js";
import { readIfThere, syncFolder } from "./files.js";
import { type Entry, type Layout, Rows } from "./rows.js";

/**
 * A line of the journal: an entry, or what tells the checkpoint that holds everything before the line, and its layout.
 */
type Line = Entry & { readonly checkpoint?: string; readonly layout?: Layout };

/**
 * An append-only file beside the checkpoint. A step costs a line instead of the whole state; a run that ends folds the
 * lines into the checkpoint, and a run that was killed leaves them to the next.
 */
export class Journal {
  readonly #file: number;
  #syncing: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  constructor(
    private readonly place: StackPlace,
    base: string,
  ) {
    this.#file = openSync(place.journal, "a", 0o600);
    this.#write({ checkpoint: base });
    syncFolder(dirname(place.journal));
  }

  #write(line: Line): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  /** Resolves when the entry is on the disk. Calls made meanwhile share one sync. */
  append(entry: Entry): Promise<void> {
    this.#write(entry);
    if (this.#syncing === undefined) return (this.#syncing = this.#sync());
    return (this.#queued ??= this.#syncing.then(() => {
      this.#queued = undefined;
      return (this.#syncing = this.#sync());
    }));
  }

  #sync(): Promise<void> {
    return new Promise((done, failed) => {
      fsync(this.#file, (error) => {
        this.#syncing = undefined;
        if (error === null) done();
        else failed(error);
      });
    });
  }

  /** Replaces the checkpoint by one that holds all the lines, and begins again. A kill in between loses nothing. */
  fold(snapshot: Snapshot, layout: Layout): void {
    const { text, digest } = drafted(this.place, snapshot);
    this.#write({ checkpoint: digest, layout });
    save(this.place, text);
    ftruncateSync(this.#file);
    this.#write({ checkpoint: digest, layout });
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.place.journal, { force: true });
  }
}

function linesOf(text: string): Line[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.flatMap((line, index) => {
    try {
      return [JSON.parse(line) as Line];
    } catch (error) {
      // A kill may cut the last line: its step had not been told that it was recorded.
      if (index === lines.length - 1) return [];
      throw error;
    }
  });
}

/**
 * Folds what a killed run left into the checkpoint. Called with the stack locked.
 *
 * @returns what to tell the user, or undefined when there was nothing to recover.
 */
export function recover(place: StackPlace): string | undefined {
  const lines = linesOf(readIfThere(place.journal) ?? "");
  const loaded = load(place);
  const base = lines.findLastIndex(({ checkpoint }) => checkpoint !== undefined && checkpoint === loaded?.digest);
  const entries = lines.slice(base + 1).filter(({ checkpoint }) => checkpoint === undefined);
  if (loaded === undefined || entries.length === 0) {
    rmSync(place.journal, { force: true });
    return undefined;
  }
  if (base < 0) {
    const aside = `${place.journal}.${Date.now()}`;
    renameSync(place.journal, aside);
    return `a killed run left steps that belong to another version of the state; they were put aside in ${aside}`;
  }
  const rows = new Rows(loaded.snapshot, lines[base]?.layout);
  for (const entry of entries) rows.apply(entry);
  save(place, drafted(place, { ...loaded.snapshot, ...rows.snapshot }).text);
  rmSync(place.journal);
  return `the last run was killed; ${entries.length} recorded changes were recovered into the state`;
}

/** Whether a killed run may have left something. */
export const isInterrupted = (place: StackPlace): boolean => existsSync(place.journal);
