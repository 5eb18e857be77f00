import type { FileSource } from "./http/multipart.js";

/** A file in a collection, from which the API makes items after it has arrived. */
export interface File {
  readonly id: string;
  readonly filename: string;
  /** Known are enqueued, processing, completed, failed; count every other word as still going. */
  readonly status: string;
  /** Items made from it so far. */
  readonly items: number;
  /** Tokens embedded so far. */
  readonly tokens: number;
  /** Why ingestion failed, where it did and the API says so. */
  readonly error?: string;
}

/** What to upload. */
export interface NewFile {
  /** The file's name in the collection; its ending tells the API the type. */
  readonly filename: string;
  /** Bytes, the path of a file, or a readable stream. A stream that has been read is not sent again. */
  readonly source: FileSource;
}
