import type { JournalEntry, Requests } from "../journal.js";
import type { Library } from "../library.js";
import type { FileRecord, ItemRecord } from "../storage/records.js";
import { managedBy, type Manager } from "./managed-by.js";

/** What the page is told at once. */
export interface View {
  readonly collections: readonly { readonly id: string; readonly name: string; readonly items: number; readonly files: number }[];
  /** Of the collection that was asked for, where it is there. */
  readonly shown?: { readonly id: string; readonly items: readonly ShownItem[]; readonly files: readonly FileRecord[] };
  /** Requests that were answered since; at most the last few hundred. */
  readonly requests: readonly JournalEntry[];
  /** What to ask for the next time. */
  readonly next: number;
}

/** An item as the page shows it. */
export interface ShownItem extends Manager {
  readonly id: string;
  /** The beginning of its content. */
  readonly beginning: string;
}

/** More rows are hardly looked at, and would be sent every second. */
const MOST_ITEMS = 300;
const MOST_REQUESTS = 300;

/** What there is, read beside the API: it counts as no request and meets no fault. */
export function viewOf(library: Library, requests: Requests, collection: string | undefined, since: number): View {
  const collections = library.collections();
  const chosen = collections.find(({ id }) => id === collection);
  const { entries, next } = requests.since(since);
  return {
    collections: collections.map(({ id, name }) => ({ id, name, items: library.items(id).length, files: library.files(id).length })),
    ...(chosen && { shown: { id: chosen.id, items: library.items(chosen.id).slice(-MOST_ITEMS).reverse().map(shown), files: library.files(chosen.id) } }),
    requests: entries.slice(-MOST_REQUESTS),
    next,
  };
}

/** An item as the page shows it. */
export function shown(item: ItemRecord): ShownItem {
  return { id: item.id, ...managedBy(item), beginning: item.content.slice(0, 300) };
}
