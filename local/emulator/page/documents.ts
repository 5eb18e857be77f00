import type { ItemRecord } from "../storage/records.js";
import { countTokens } from "../tokens.js";
import { managedBy, type Manager } from "./managed-by.js";

/** What belongs together in a collection: a document's chunks, a file's, or an item alone. */
export interface ShownDocument {
  readonly name: string;
  readonly kind: Manager["kind"];
  /** What tells one resource from another, or the file's id; empty for nobody. */
  readonly owner: string;
  readonly chunks: number;
}

/** An item as the page shows it. */
export interface ShownChunk extends Omit<ShownDocument, "name" | "chunks"> {
  readonly id: string;
  readonly document: string;
  readonly title: string;
  readonly content: string;
  readonly tokens: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** What the page needs of an item. */
export type ShownItem = Pick<ItemRecord, "id" | "created" | "description" | "content" | "fileId">;

/** Separates a document's name from its headings in the title of a chunk. */
const SEPARATOR = " › ";

/** @param fileName - the name of a file by its id. */
export function shown(item: ShownItem, fileName: (id: string) => string | undefined): ShownChunk {
  const { kind, owner, title } = managedBy(item);
  const { id, content, created } = item;
  const document = nameOf(kind, title || content.slice(0, 80), kind === "file" ? fileName(owner) : undefined);
  return { id, document, kind, owner, title, content, tokens: countTokens(content), created };
}

function nameOf(kind: Manager["kind"], title: string, file: string | undefined): string {
  if (kind === "Documents") return title.split(SEPARATOR, 1)[0] ?? title;
  return file ?? title;
}

/** The documents of a collection's items, in the order in which they came. */
export function documentsOf(
  items: readonly Omit<ShownItem, "created">[],
  fileName: (id: string) => string | undefined,
): ShownDocument[] {
  const found = new Map<string, ShownDocument>();
  for (const item of items) {
    const { kind, owner, title } = managedBy(item);
    const name = nameOf(kind, title || item.content.slice(0, 80), kind === "file" ? fileName(owner) : undefined);
    const key = JSON.stringify([name, kind, owner]);
    const known = found.get(key);
    found.set(key, { name, kind, owner, chunks: (known?.chunks ?? 0) + 1 });
  }
  return [...found.values()];
}
