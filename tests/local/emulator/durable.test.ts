import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  canOpenDatabase,
  nodeSqlite,
  openByLibsql,
  openByNode,
  openDatabase,
} from "../../../local/emulator/storage/database.js";
import { asker, closeAll, rig } from "./support/http.js";

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), "emulator-")), "data");
});
afterEach(async () => {
  await closeAll();
  rmSync(join(dataDir, ".."), { recursive: true });
});

describe("a data folder", () => {
  it("keeps collections, items, their order and the key across a restart", async () => {
    const first = await rig({ dataDir });
    await first.ask("POST", "/vector_store", { name: "one" });
    await first.ask("POST", "/vector_store", { name: "two" });
    await first.ask("PATCH", "/vector_store/one", { name: "renamed" });
    for (const content of ["zebra", "nul \u0000 and 🦄", "lion"])
      await first.ask("POST", "/vector_store/two/items", { content });
    const items = (await first.ask("GET", "/vector_store/two/items")).body;
    await first.ask("POST", "/vector_store/two/search", { input: "zebra" });
    await first.ask("DELETE", "/vector_store/one");
    await first.emulator.close();

    const second = await rig({ dataDir });
    expect(second.emulator.key).toBe(first.emulator.key);
    expect((await second.ask("GET", "/vector_store")).body).toEqual({
      collections: [{ id: "two", name: "two", created: expect.any(String) }],
    });
    expect((await second.ask("GET", "/vector_store/two/items")).body).toEqual(items);
    const item = (await second.ask("GET", `/vector_store/two/items/${items.items[1]?.id}`)).body.item;
    expect(item.content).toBe("nul \u0000 and 🦄");
    expect((await second.ask("POST", "/vector_store/two/search", { input: "lion" })).body.results[0]?.content).toBe(
      "lion",
    );
  });

  it("is the owner's alone", async () => {
    await rig({ dataDir });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, "key")).mode & 0o777).toBe(0o600);
    for (const name of ["emulator.db", "emulator.db-wal"])
      expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  it("that was there before keeps its permissions, and what comes into it is the owner's alone", async () => {
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o755);
    await rig({ dataDir });
    expect(statSync(dataDir).mode & 0o777).toBe(0o755);
    for (const name of ["key", "emulator.db", "emulator.db-wal"])
      expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  it("that cannot be made is named", async () => {
    const file = join(dataDir, "../file");
    writeFileSync(file, "");
    for (const folder of [file, join(file, "data"), ...(process.platform === "linux" ? ["/proc/x/y"] : [])])
      await expect(rig({ dataDir: folder })).rejects.toThrow(
        /^The folder \S+ for the data cannot be made \(\w+\): name another one\.$/u,
      );
  });

  it("belongs to one emulator at a time; the second one is told so and the first goes on", async () => {
    const first = await rig({ dataDir });
    await expect(rig({ dataDir })).rejects.toThrow(
      /in use by another running emulator: stop that one or choose another folder/,
    );
    expect((await first.ask("POST", "/vector_store", { name: "a" })).status).toBe(201);
    await first.emulator.close();
    const second = await rig({ dataDir });
    expect((await asker(second.emulator)("GET", "/vector_store")).body.collections).toHaveLength(1);
  });
});

const sqlite = nodeSqlite();

describe("a database", () => {
  it("can be opened where Node.js or a package has SQLite", async () => {
    mkdirSync(dataDir);
    expect(canOpenDatabase()).toBe(true);
    const database = await openDatabase(join(dataDir, "a.db"));
    database.exec("CREATE TABLE t (a TEXT, b BLOB)");
    database.prepare("INSERT INTO t VALUES (?, ?)").run("x", Uint8Array.of(0, 255));
    const row = { a: "x", b: Uint8Array.of(0, 255) };
    expect(plain(database.prepare("SELECT * FROM t WHERE a = ?").get("x"))).toEqual(row);
    expect([...database.prepare("SELECT * FROM t").iterate()].map(plain)).toEqual([row]);
    expect(database.prepare("SELECT * FROM t WHERE a = ?").get("y")).toBeUndefined();
    database.close();
  });

  (sqlite === undefined ? it.skip : it)("is the same file for Node.js and for libsql", async () => {
    mkdirSync(dataDir);
    const openers = { node: (file: string) => openByNode(sqlite!, file), libsql: openByLibsql };
    for (const [one, other] of [
      ["node", "libsql"],
      ["libsql", "node"],
    ] as const) {
      const file = join(dataDir, `${one}.db`);
      const first = await openers[one](file);
      first.pragma("journal_mode = WAL");
      first.exec("CREATE TABLE t (a TEXT, b BLOB)");
      first.prepare("INSERT INTO t VALUES (?, ?)").run("x", Uint8Array.of(1, 2, 3));
      first.close();
      const second = await openers[other](file);
      expect(plain(second.prepare("SELECT * FROM t").get())).toEqual({ a: "x", b: Uint8Array.of(1, 2, 3) });
      second.close();
    }
  });
});

/** Bytes in one form, in an object of the usual kind. */
function plain(row: object | undefined) {
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? new Uint8Array(value) : value,
    ]),
  );
}
