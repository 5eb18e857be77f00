import { chmodSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Database, isBusy, openDatabase } from "./database.js";
import type { CollectionRecord, FileRecord, ItemRecord } from "./records.js";
import { stepWriter } from "./steps.js";
import type { Store } from "./store.js";

/** The layout of the database; a folder of another one is refused. */
const LAYOUT = 1;

// Records are JSON: SQLite's own text ends at the first NUL, which a document may contain.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS collections (id TEXT PRIMARY KEY, record TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, collection TEXT NOT NULL, record TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, collection TEXT NOT NULL, record TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS bytes (file TEXT PRIMARY KEY, content BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS vectors (item TEXT PRIMARY KEY, model TEXT NOT NULL, content BLOB NOT NULL);
  CREATE INDEX IF NOT EXISTS items_of ON items (collection);
  CREATE INDEX IF NOT EXISTS files_of ON files (collection);
`;

/**
 * A store in `<folder>/emulator.db`. What `apply` returned from survives a kill of the process at any moment.
 * The folder belongs to one process at a time: a second one gets an error.
 */
export async function durableStore(folder: string): Promise<Store> {
  try {
    makeFolder(folder);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new Error(`The folder ${folder} for the data cannot be made (${code}): name another one.`);
  }
  const file = join(folder, "emulator.db");
  const database = await openDatabase(file);
  // What the database writes beside it gets the same permissions.
  chmodSync(file, 0o600);
  return openStore(database, folder);
}

/**
 * Makes a folder with those that it is in. One that was there before keeps the permissions that its owner gave it: what
 * lies in it has its own. The recursive mode of Node.js does not end in a folder such as /proc, where nothing can be
 * made.
 */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Makes all of the changes, or none. */
function atOnce(database: Database, change: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    change();
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

function openStore(database: Database, folder: string): Store {
  takeOver(database, folder);
  const steps = stepWriter(database);
  const all = <T>(table: string): T[] =>
    [...database.prepare(`SELECT record FROM ${table} ORDER BY rowid`).iterate()].map(
      ({ record }) => JSON.parse(String(record)) as T,
    );
  return {
    load: () => ({
      collections: all<CollectionRecord>("collections"),
      items: all<ItemRecord>("items"),
      files: all<FileRecord>("files"),
    }),
    *vectors(model) {
      const rows = database.prepare("SELECT item, content FROM vectors WHERE model = ?").iterate(model);
      for (const { item, content } of rows) {
        // A copy begins where numbers may begin.
        const { buffer } = new Uint8Array(content as Uint8Array);
        yield { itemId: String(item), model, vector: new Float32Array(buffer) };
      }
    },
    bytes(fileId) {
      const row = database.prepare("SELECT content FROM bytes WHERE file = ?").get(fileId);
      return row && new Uint8Array(row["content"] as Uint8Array);
    },
    apply: (list) => atOnce(database, () => list.forEach(steps)),
    close: () => giveBack(database),
  };
}

/** Another process has the data folder. */
export class DataFolderInUseError extends Error {
  override name = "DataFolderInUseError";
}

/** Locks the database for this process until it ends, however it ends. */
function takeOver(database: Database, folder: string): void {
  try {
    database.pragma("busy_timeout = 0");
    database.pragma("locking_mode = EXCLUSIVE");
    database.pragma("journal_mode = WAL");
    // Enough for a kill of the process; only a power failure can take the last changes.
    database.pragma("synchronous = NORMAL");
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
    checkLayout(database, folder);
  } catch (error) {
    database.close();
    if (isBusy(error)) {
      throw new DataFolderInUseError(
        `The data folder ${folder} is in use by another running emulator: stop that one or choose another folder.`,
      );
    }
    throw error;
  }
}

/** Unlocks the database step by step: libsql keeps the file open, and locked, beyond `close`. */
function giveBack(database: Database): void {
  // An exclusive lock taken in WAL mode stays until that mode ends; the next access after it gives the lock back.
  database.pragma("journal_mode = DELETE");
  database.pragma("locking_mode = NORMAL");
  database.exec("BEGIN IMMEDIATE; COMMIT;");
  database.close();
}

function checkLayout(database: Database, folder: string): void {
  const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (found === 0) database.pragma(`user_version = ${LAYOUT}`);
  else if (found !== LAYOUT) {
    throw new Error(
      `The data folder ${folder} was written by another version of the emulator (layout ${found}, expected ` +
        `${LAYOUT}): choose another folder or delete it.`,
    );
  }
}
