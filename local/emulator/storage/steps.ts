import type { Database, Value } from "./database.js";
import type { Step } from "./records.js";

type Put = Extract<Step, { put: string }>;
type Drop = Extract<Step, { drop: string }>;

/** Writes one step after another into the tables; the caller holds the transaction. */
export function stepWriter(database: Database): (step: Step) => void {
  const put = putWriter(database);
  const drop = dropWriter(database);
  return (step) => ("put" in step ? put(step) : drop(step));
}

function putWriter(database: Database): (step: Put) => void {
  const collection = statement(
    database,
    "INSERT INTO collections VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record",
  );
  const item = statement(
    database,
    "INSERT INTO items VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record",
  );
  const file = statement(
    database,
    "INSERT INTO files VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record",
  );
  const bytes = statement(database, "INSERT OR REPLACE INTO bytes VALUES (?, ?)");
  const vectors = statement(database, "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)");
  return (step) => {
    switch (step.put) {
      case "collection":
        collection(step.record.id, JSON.stringify(step.record));
        break;
      case "item":
        item(step.record.id, step.record.collectionId, JSON.stringify(step.record));
        break;
      case "file":
        file(step.record.id, step.record.collectionId, JSON.stringify(step.record));
        break;
      case "bytes":
        bytes(step.fileId, bytesOf(step.bytes));
        break;
      case "vector":
        vectors(step.record.itemId, step.record.model, bytesOf(step.record.vector));
    }
  };
}

function dropWriter(database: Database): (step: Drop) => void {
  const collection = [
    "DELETE FROM vectors WHERE item IN (SELECT id FROM items WHERE collection = ?)",
    "DELETE FROM bytes WHERE file IN (SELECT id FROM files WHERE collection = ?)",
    "DELETE FROM items WHERE collection = ?",
    "DELETE FROM files WHERE collection = ?",
    "DELETE FROM collections WHERE id = ?",
  ].map((sql) => statement(database, sql));
  const item = ["DELETE FROM vectors WHERE item = ?", "DELETE FROM items WHERE id = ?"].map((sql) =>
    statement(database, sql),
  );
  const file = ["DELETE FROM bytes WHERE file = ?", "DELETE FROM files WHERE id = ?"].map((sql) =>
    statement(database, sql),
  );
  const bytes = statement(database, "DELETE FROM bytes WHERE file = ?");
  return (step) => {
    switch (step.drop) {
      case "collection":
        for (const part of collection) part(step.id);
        break;
      case "item":
        for (const part of item) part(step.id);
        break;
      case "file":
        for (const part of file) part(step.id);
        break;
      case "bytes":
        bytes(step.fileId);
    }
  };
}

function statement(database: Database, sql: string): (...values: Value[]) => void {
  const prepared = database.prepare(sql);
  return (...values) => prepared.run(...values);
}

const bytesOf = (data: Uint8Array | Float32Array): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
