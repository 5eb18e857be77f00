import type { Ingestion } from "../ingest/ingestion.js";
import type { Library } from "../library.js";
import type { PastRequest, RequestHistory } from "../request-history.js";
import type { Finder } from "../search/finder.js";
import type { FileStatus } from "../storage/records.js";

/** What the page is made of. */
export interface PageParts {
  readonly library: Library;
  readonly finder: Finder;
  readonly ingestion: Ingestion;
  readonly history: RequestHistory;
}

/** What the page is told once a second. */
export interface View {
  readonly collections: readonly ShownCollection[];
  readonly queue: { readonly files: readonly ShownFile[]; readonly texts: ReturnType<Finder["waiting"]> };
  /** Requests that were answered since; at most the last few hundred. */
  readonly requests: readonly PastRequest[];
  /** What to ask for the next time. */
  readonly next: number;
}

interface ShownCollection {
  readonly id: string;
  readonly name: string;
  readonly items: number;
  readonly files: number;
  /** Another number after each change of what is in it. */
  readonly version: number;
}

interface ShownFile {
  readonly collection: string;
  readonly filename: string;
  readonly status: FileStatus;
  /** Chunks that can be found, of all where that is known. */
  readonly done: number;
  readonly chunks: number;
  readonly error: string | null;
}

/** More rows are hardly looked at, and would be sent every second. */
const MOST_FILES = 200;
const MOST_REQUESTS = 300;

/** What there is, read beside the API: it counts as no request and meets no fault. */
export function viewOf({ library, finder, ingestion, history }: PageParts, since: number): View {
  const collections = library.collections();
  const files = collections.flatMap(({ id }) =>
    library.files(id).map(({ id: fileId, filename, status, items, error }): ShownFile => {
      const { done, chunks } = ingestion.progress(fileId) ?? { done: items, chunks: items };
      return { collection: id, filename, status, done, chunks, error };
    }),
  );
  return {
    collections: collections.map(({ id, name }) => ({
      id,
      name,
      items: library.items(id).length,
      files: library.files(id).length,
      version: library.version(id),
    })),
    queue: { files: files.slice(-MOST_FILES).reverse(), texts: finder.waiting() },
    ...history.since(since, MOST_REQUESTS),
  };
}
