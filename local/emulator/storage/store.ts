import type { CollectionRecord, FileRecord, ItemRecord, Step, VectorRecord } from "./records.js";

/** Where the emulator's data outlives the process, or does not. The library holds everything else in memory. */
export interface Store {
  /** All that is kept, in the order in which it came. */
  load(): {
    collections: readonly CollectionRecord[];
    items: readonly ItemRecord[];
    files: readonly FileRecord[];
  };
  /** The vectors that one embedder made. */
  vectors(model: string): Iterable<VectorRecord>;
  /** The bytes of a file that is still to be ingested. */
  bytes(fileId: string): Uint8Array | undefined;
  /** Makes the steps last, all or none, before it returns. */
  apply(steps: readonly Step[]): void;
  close(): void;
}

/** A store that forgets: only the bytes of files on their way are held. */
export function memoryStore(): Store {
  const waiting = new Map<string, Uint8Array>();
  return {
    load: () => ({ collections: [], items: [], files: [] }),
    vectors: () => [],
    bytes: (fileId) => waiting.get(fileId),
    apply(steps) {
      for (const step of steps) {
        if ("put" in step && step.put === "bytes") waiting.set(step.fileId, step.bytes);
        if ("drop" in step && step.drop === "bytes") waiting.delete(step.fileId);
      }
    },
    close: () => waiting.clear(),
  };
}
