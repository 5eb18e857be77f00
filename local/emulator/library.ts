import type { Behavior } from "./behavior.js";
import type { Clock } from "./clock.js";
import { collectionId, suffixed } from "./collection-id.js";
import { collectionNotFound, duplicateName, notFound, sequenceTooLong } from "./errors.js";
import type { Random } from "./random.js";
import { shorten } from "./shorten.js";
import type { CollectionRecord, FileRecord, ItemRecord, Step } from "./storage/records.js";
import type { Store } from "./storage/store.js";
import { countTokens, MAX_TOKENS } from "./tokens.js";

/** A collection with all that is in it. */
interface Shelf {
  record: CollectionRecord;
  /** Counts changes of what is in it. */
  version: number;
  readonly items: Map<string, ItemRecord>;
  readonly files: Map<string, FileRecord>;
}

/** Who wants to hear when items come and go. */
export interface LibraryListener {
  /** @param vector - of its content, where that is known. */
  added(item: ItemRecord, vector?: Float32Array): void;
  removed(item: ItemRecord): void;
}

/** What the library is made of. */
export interface LibraryParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly listener: LibraryListener;
  readonly like: Behavior;
  /** How long a new collection stays hidden, in milliseconds. */
  readonly collectionDelayMs: number;
}

/** The collections, items and files of one subscription: all in memory, every change first into the store. */
export class Library {
  readonly #shelves = new Map<string, Shelf>();

  constructor(private readonly parts: LibraryParts) {
    const { collections, items, files } = parts.store.load();
    for (const record of collections)
      this.#shelves.set(record.id, { record, version: 0, items: new Map(), files: new Map() });
    for (const file of files) this.#shelves.get(file.collectionId)?.files.set(file.id, file);
    for (const item of items) {
      this.#shelves.get(item.collectionId)?.items.set(item.id, item);
      parts.listener.added(item);
    }
  }

  collections(): CollectionRecord[] {
    return [...this.#shelves.values()].map(({ record }) => record).filter((record) => this.#visible(record));
  }

  collection(id: string): CollectionRecord {
    return this.#shelf(id).record;
  }

  /** Another number after each change of what is in a collection. */
  version(collection: string): number {
    return this.#shelf(collection).version;
  }

  addCollection(name: string): CollectionRecord {
    const { takenName, underscore } = this.parts.like;
    let id = collectionId(name, underscore);
    const taken = this.#shelves.get(id);
    if (taken !== undefined) {
      if (takenName === "refused") throw duplicateName();
      if (takenName === "existing") return taken.record;
      id = suffixed(id, (candidate) => this.#shelves.has(candidate));
    }
    const record = { id, name, created: this.parts.clock.now() };
    this.#apply({ put: "collection", record });
    this.#shelves.set(id, { record, version: 0, items: new Map(), files: new Map() });
    return record;
  }

  renameCollection(id: string, name: string): CollectionRecord {
    const shelf = this.#shelf(id);
    const record = { ...shelf.record, name };
    this.#apply({ put: "collection", record });
    shelf.record = record;
    return record;
  }

  removeCollection(id: string): void {
    const shelf = this.#shelf(id);
    this.#apply({ drop: "collection", id });
    this.#shelves.delete(id);
    for (const item of shelf.items.values()) this.parts.listener.removed(item);
  }

  items(collection: string): ItemRecord[] {
    return [...this.#shelf(collection).items.values()];
  }

  item(collection: string, id: string): ItemRecord {
    const item = this.#shelf(collection).items.get(id);
    if (item === undefined) throw notFound();
    return item;
  }

  /** An item that may be gone by now. */
  itemIn(collection: string, id: string): ItemRecord | undefined {
    return this.#shelves.get(collection)?.items.get(id);
  }

  /** @returns the item and its tokens. */
  addItem(collection: string, content: string, description: string | undefined): { item: ItemRecord; tokens: number } {
    const shelf = this.#shelf(collection);
    const tokens = checkLength(content);
    const item = this.#newItem(shelf, content, description ?? shorten(content), null);
    this.#apply({ put: "item", record: item });
    this.#take(shelf, item);
    return { item, tokens };
  }

  describeItem(collection: string, id: string, description: string | undefined): ItemRecord {
    const old = this.item(collection, id);
    const item = { ...old, description: description ?? old.description };
    this.#apply({ put: "item", record: item });
    this.#shelf(collection).items.set(id, item);
    return item;
  }

  removeItem(collection: string, id: string): void {
    const item = this.item(collection, id);
    this.#apply({ drop: "item", id });
    this.#shelf(collection).items.delete(id);
    this.parts.listener.removed(item);
  }

  files(collection: string): FileRecord[] {
    return [...this.#shelf(collection).files.values()];
  }

  file(collection: string, id: string): FileRecord {
    const file = this.#shelf(collection).files.get(id);
    if (file === undefined) throw notFound();
    return file;
  }

  addFile(collection: string, filename: string, bytes: Uint8Array): FileRecord {
    const shelf = this.#shelf(collection);
    const id = this.parts.random.uuid();
    const file: FileRecord = {
      id,
      collectionId: shelf.record.id,
      filename,
      status: "enqueued",
      items: 0,
      tokens: 0,
      error: null,
    };
    this.#apply({ put: "file", record: file }, { put: "bytes", fileId: id, bytes });
    shelf.files.set(id, file);
    return file;
  }

  /** Deletes a file and the items made from it. */
  removeFile(collection: string, id: string): void {
    this.file(collection, id);
    const shelf = this.#shelf(collection);
    this.#dropItems(shelf, id, { drop: "file", id });
    shelf.files.delete(id);
  }

  /** Files whose ingestion has not come to its end, oldest first. */
  unfinishedFiles(): FileRecord[] {
    const files = [...this.#shelves.values()].flatMap((shelf) => [...shelf.files.values()]);
    return files.filter(({ status }) => status === "enqueued" || status === "processing");
  }

  hasFile({ collectionId: collection, id }: FileRecord): boolean {
    return this.#shelves.get(collection)?.files.has(id) === true;
  }

  bytesOf(file: FileRecord): Uint8Array {
    return this.parts.store.bytes(file.id) ?? new Uint8Array();
  }

  /** Its ingestion has begun, or has failed. */
  changeFile(file: FileRecord, change: Pick<FileRecord, "status"> & Partial<Pick<FileRecord, "error">>): void {
    const record = { ...file, ...change };
    const steps: Step[] = [{ put: "file", record }];
    if (change.status === "failed") steps.push({ drop: "bytes", fileId: file.id });
    this.#apply(...steps);
    this.#shelves.get(file.collectionId)?.files.set(file.id, record);
  }

  /** Chunks of a file become items. */
  addChunks(
    file: FileRecord,
    chunks: readonly { readonly text: string; readonly vector: Float32Array | undefined }[],
  ): void {
    const shelf = this.#shelves.get(file.collectionId);
    if (shelf === undefined) return;
    const made = chunks.map(({ text, vector }) => ({
      item: this.#newItem(shelf, text, shorten(text), file.id),
      vector,
    }));
    this.#apply(...made.map(({ item }): Step => ({ put: "item", record: item })));
    for (const { item, vector } of made) this.#take(shelf, item, vector);
  }

  /** Deletes the items that were made of a file. */
  dropChunks(file: FileRecord): void {
    const shelf = this.#shelves.get(file.collectionId);
    if (shelf !== undefined) this.#dropItems(shelf, file.id);
  }

  /** All of its text has become items. */
  completeFile(file: FileRecord, items: number, tokens: number): void {
    const record: FileRecord = { ...file, status: "completed", items, tokens };
    this.#apply({ put: "file", record }, { drop: "bytes", fileId: file.id });
    this.#shelves.get(file.collectionId)?.files.set(file.id, record);
  }

  #dropItems(shelf: Shelf, fileId: string, ...first: readonly Step[]): void {
    const items = [...shelf.items.values()].filter((item) => item.fileId === fileId);
    this.#apply(...first, ...items.map((item): Step => ({ drop: "item", id: item.id })));
    for (const item of items) {
      shelf.items.delete(item.id);
      this.parts.listener.removed(item);
    }
  }

  #newItem(shelf: Shelf, content: string, description: string, fileId: string | null): ItemRecord {
    const { clock, random } = this.parts;
    return { id: random.uuid(), collectionId: shelf.record.id, fileId, created: clock.now(), description, content };
  }

  #take(shelf: Shelf, item: ItemRecord, vector?: Float32Array): void {
    shelf.items.set(item.id, item);
    this.parts.listener.added(item, vector);
  }

  #shelf(id: string): Shelf {
    const shelf = this.#shelves.get(id);
    if (shelf === undefined || !this.#visible(shelf.record))
      throw collectionNotFound(this.parts.like.unknownCollection);
    return shelf;
  }

  #visible(record: CollectionRecord): boolean {
    return this.parts.clock.now() >= record.created + this.parts.collectionDelayMs;
  }

  #apply(...steps: Step[]): void {
    this.parts.store.apply(steps);
    // Of all: a number too many costs a look, and one too few would hide a change.
    for (const shelf of this.#shelves.values()) shelf.version += 1;
  }
}

/** Tokens of a text the embedding model takes; a longer one is refused. */
export function checkLength(text: string): number {
  const tokens = countTokens(text);
  if (tokens > MAX_TOKENS) throw sequenceTooLong(tokens, MAX_TOKENS);
  return tokens;
}
