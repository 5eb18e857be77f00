import type { OperationId } from "./operation-id.js";

/** One request that named an operation, in the order in which they were answered. */
export interface JournalEntry {
  readonly operation: OperationId;
  readonly method: string;
  /** The path as it was asked for, behind the base URL, without the query. */
  readonly path: string;
  /** The status that was answered; null when the connection was reset instead. */
  readonly status: number | null;
  /** Whether the operation took effect: a refused request did not, one whose answer was lost did. */
  readonly processed: boolean;
  /** When the request came, milliseconds since 1970 of the emulator's clock. */
  readonly at: number;
}

/** What the emulator did, oldest first: a list that a test can filter, count and clear. */
export interface Journal extends ReadonlyArray<JournalEntry> {
  /** Forgets everything. */
  clear(): void;
}

/** The journal keeps this many entries and forgets the oldest. */
const LENGTH = 50_000;

/** A new journal, and the function that writes into it. */
export function createJournal(): { journal: Journal; write: (entry: JournalEntry) => void } {
  const entries: JournalEntry[] = [];
  const clear = (): void => void entries.splice(0);
  // Not enumerable, so that the journal compares equal to a plain list.
  const journal = Object.defineProperty(entries, "clear", { value: clear }) as JournalEntry[] & { clear: () => void };
  return {
    journal,
    write(entry) {
      entries.push(entry);
      if (entries.length > LENGTH) entries.shift();
    },
  };
}
