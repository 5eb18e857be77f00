/** A collection as it is kept. */
export interface CollectionRecord {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** An item as it is kept. Only the description ever changes. */
export interface ItemRecord {
  readonly id: string;
  readonly collectionId: string;
  /** The file this item is a chunk of, or null. */
  readonly fileId: string | null;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly description: string;
  readonly content: string;
}

/** The states of a file, in their order; the last two are final. */
export type FileStatus = "enqueued" | "processing" | "completed" | "failed";

/** A file as it is kept; its bytes are kept beside it until they have become items. */
export interface FileRecord {
  readonly id: string;
  readonly collectionId: string;
  readonly filename: string;
  readonly status: FileStatus;
  /** Number of items made from it; 0 until completed. */
  readonly items: number;
  /** Tokens embedded for it; 0 until completed. */
  readonly tokens: number;
  /** Why ingestion failed, or null. */
  readonly error: string | null;
}

/** The vector of one item, made by the embedder named `model`. */
export interface VectorRecord {
  readonly itemId: string;
  readonly model: string;
  /** A unit vector of the length that the embedder makes. */
  readonly vector: Float32Array;
}

/** One step of a change; a change is a list of steps that happen together or not at all. */
export type Step =
  | { readonly put: "collection"; readonly record: CollectionRecord }
  | { readonly put: "item"; readonly record: ItemRecord }
  | { readonly put: "file"; readonly record: FileRecord }
  | { readonly put: "bytes"; readonly fileId: string; readonly bytes: Uint8Array }
  | { readonly put: "vector"; readonly record: VectorRecord }
  | { readonly drop: "collection"; readonly id: string }
  | { readonly drop: "item"; readonly id: string }
  | { readonly drop: "file"; readonly id: string }
  | { readonly drop: "bytes"; readonly fileId: string };
