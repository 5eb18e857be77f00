import type Libsql from "libsql";
import { errorCode } from "../error-code.js";
import { loadPart } from "../missing-part.js";

/** What SQLite takes and gives back. A blob comes back as bytes. */
export type Value = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, Value>>;

/** A prepared statement. */
export interface Statement {
  run(...values: readonly Value[]): void;
  get(...values: readonly Value[]): Row | undefined;
  iterate(...values: readonly Value[]): Iterable<Row>;
}

/** A database of SQLite, whichever library reads it. The file is the same. */
export interface Database {
  exec(sql: string): void;
  /** As in `PRAGMA <text>`, whatever it answers. */
  pragma(text: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** The part of `node:sqlite` that is used here. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    path: string,
  ) => {
    exec(sql: string): void;
    prepare(sql: string): Statement;
    close(): void;
  };
}

/** SQLite's number for a database that is in use. */
const BUSY = 5;

/** Whether a database can be opened here: Node.js has SQLite itself from 22.13 on, others need a package. */
export function canOpenDatabase(): boolean {
  if (nodeSqlite() !== undefined) return true;
  try {
    require.resolve("libsql");
    return true;
  } catch {
    return false;
  }
}

/** Opens a database, by Node.js itself where it can. @throws MissingPartError where neither is there. */
export async function openDatabase(file: string): Promise<Database> {
  const sqlite = nodeSqlite();
  return sqlite === undefined ? openByLibsql(file) : openByNode(sqlite, file);
}

/** Whether an error says that another process uses the database. */
export function isBusy(error: unknown): boolean {
  if (errorCode(error)?.startsWith("SQLITE_BUSY") === true) return true;
  const number: unknown = typeof error === "object" && error !== null && "errcode" in error ? error.errcode : undefined;
  return typeof number === "number" && number % 256 === BUSY;
}

/** `node:sqlite` where the running Node.js has it without a flag. */
export function nodeSqlite(): NodeSqlite | undefined {
  const emitWarning = process.emitWarning.bind(process);
  // Node.js 22 calls it experimental at the first use. What is used here is what later ones call stable.
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule("node:sqlite") as NodeSqlite | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

export function openByNode({ DatabaseSync }: NodeSqlite, file: string): Database {
  const database = new DatabaseSync(file);
  return {
    exec: (sql) => database.exec(sql),
    pragma: (text) => database.exec(`PRAGMA ${text}`),
    prepare: (sql) => database.prepare(sql),
    close: () => database.close(),
  };
}

export async function openByLibsql(file: string): Promise<Database> {
  const { default: Libsql } = await loadPart(
    "Keeping the emulator's data on disk, with a Node.js before 22.13,",
    ["libsql"],
    () => import("libsql"),
  );
  const database: Libsql.Database = new Libsql(file);
  return {
    exec: (sql) => void database.exec(sql),
    pragma: (text) => void database.pragma(text),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        run: (...values) => void statement.run(values.map(asBuffer)),
        get(...values) {
          const row = statement.get(values.map(asBuffer)) as Row | undefined;
          return row && withBytes(row);
        },
        *iterate(...values) {
          for (const row of statement.iterate(values.map(asBuffer)) as Iterable<Row>) yield withBytes(row);
        },
      };
    },
    close: () => void database.close(),
  };
}

/** It takes buffers alone for bytes. */
const asBuffer = (value: Value): Value =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;

/** It gives bytes in different forms, and says how long a row took. */
function withBytes(row: Readonly<Record<string, Value | ArrayBuffer>>): Row {
  const columns = Object.entries(row).filter(([name]) => name !== "_metadata");
  return Object.fromEntries(
    columns.map(([name, value]) => [name, value instanceof ArrayBuffer ? new Uint8Array(value) : value]),
  );
}
