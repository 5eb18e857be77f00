import { blocksOf } from "../../support/docs.js";
import type { FaultInput } from "../../../local/emulator/index.js";
import { closeAll, rig } from "./support/http.js";

afterEach(closeAll);

describe("faults", () => {
  it("are taken as the docs write them", async () => {
    const { emulator } = await rig();
    const block = blocksOf("docs/emulator.md", "json").find((text) => text.includes("operation")) ?? "";
    const faults = JSON.parse(block) as FaultInput[];
    expect(faults.length).toBeGreaterThan(1);
    for (const fault of faults) emulator.faults.add(fault);
  });

  it("meet the nth call of an operation and leave no trace, unless processed", async () => {
    const { ask, emulator } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    emulator.faults.add({ operation: "addItem", nth: 2, status: 500 });
    emulator.faults.add({ operation: "addItem", nth: 3, status: 503, retryAfter: 2, processed: true });
    const replies = [];
    for (const content of ["1", "2", "3", "4"]) replies.push(await ask("POST", "/vector_store/a/items", { content }));
    expect(replies.map(({ status }) => status)).toEqual([201, 500, 503, 201]);
    expect(replies[2]?.headers.get("retry-after")).toBe("2");
    expect(
      (await ask("GET", "/vector_store/a/items")).body.items.map(
        ({ description }: { description: string }) => description,
      ),
    ).toEqual(["1", "3", "4"]);
    expect(
      emulator.journal
        .filter(({ operation }) => operation === "addItem")
        .map(({ status, processed }) => [status, processed]),
    ).toEqual([
      [201, true],
      [500, false],
      [503, true],
      [201, true],
    ]);
  });

  it("reset the connection before or after the request took effect", async () => {
    const { ask, emulator } = await rig();
    emulator.faults.add({ operation: "createCollection", nth: 1, reset: true });
    emulator.faults.add({ operation: "createCollection", nth: 2, reset: true, processed: true });
    await expect(ask("POST", "/vector_store", { name: "before" })).rejects.toThrow();
    await expect(ask("POST", "/vector_store", { name: "after" })).rejects.toThrow();
    expect((await ask("GET", "/vector_store")).body.collections).toMatchObject([{ id: "after", name: "after" }]);
    expect(emulator.journal.map(({ status }) => status)).toEqual([null, null, 200]);
  });

  it("spoil bodies", async () => {
    const { ask, emulator } = await rig();
    emulator.faults.add({ operation: "listCollections", nth: 1, badJson: true });
    emulator.faults.add({ operation: "listCollections", nth: 2, html: true, status: 502 });
    emulator.faults.add({ operation: "listCollections", nth: 3, truncate: 4 });
    await expect(ask("GET", "/vector_store")).rejects.toThrow(SyntaxError);
    const page = await ask("GET", "/vector_store");
    expect([page.status, page.headers.get("content-type")]).toEqual([502, "text/html"]);
    await expect(ask("GET", "/vector_store")).rejects.toThrow("terminated");
    expect((await ask("GET", "/vector_store")).status).toBe(200);
  });

  it("answer with a body of their own, drip a body byte by byte, and can be taken back one by one", async () => {
    const slept: number[] = [];
    const { ask, emulator } = await rig({
      clock: { now: () => 0, sleep: (ms) => Promise.resolve(void slept.push(ms)) },
    });
    const takeBack = emulator.faults.add({
      operation: "listCollections",
      status: 503,
      body: "busy",
      retryAfter: "Thu, 01 Jan 2026 00:00:00 GMT",
    });
    const busy = await ask("GET", "/vector_store");
    expect([busy.status, busy.text, busy.headers.get("retry-after")]).toEqual([
      503,
      "busy",
      "Thu, 01 Jan 2026 00:00:00 GMT",
    ]);
    takeBack();
    emulator.faults.add({ dripMs: 7, times: 1 });
    const dripped = await ask("GET", "/vector_store");
    expect(dripped.body).toEqual({ collections: [] });
    expect(slept).toEqual(Array<number>(dripped.text.length).fill(7));
    emulator.faults.add({ status: 400, body: { error: { message: "mine" } } });
    expect((await ask("GET", "/vector_store")).body.error.message).toBe("mine");
  });

  it("meet so many calls as they are told to", async () => {
    const { ask, emulator } = await rig();
    emulator.faults.add({ operation: "listModels", times: 2, status: 429 });
    const statuses = [];
    for (let count = 0; count < 4; count++) statuses.push((await ask("GET", "/models")).status);
    expect(statuses).toEqual([429, 429, 200, 200]);
  });

  it("let a list answer what it answered before", async () => {
    const { ask, emulator } = await rig();
    emulator.faults.add({ operation: "listCollections", nth: [1, 3], stale: true });
    await ask("POST", "/vector_store", { name: "a" });
    expect((await ask("GET", "/vector_store")).body.collections).toHaveLength(0);
    expect((await ask("GET", "/vector_store")).body.collections).toHaveLength(1);
    await ask("POST", "/vector_store", { name: "b" });
    expect((await ask("GET", "/vector_store")).body.collections).toHaveLength(1);
    expect((await ask("GET", "/vector_store")).body.collections).toHaveLength(2);
  });

  it("cut descriptions", async () => {
    const { ask, emulator } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    emulator.faults.add({ truncateDescriptions: 5 });
    const { item } = (await ask("POST", "/vector_store/a/items", { content: "c", description: "123456789" })).body;
    expect(item.description).toBe("12345");
  });

  it("are repeatable where they are random, and can be taken back", async () => {
    const draw = async (): Promise<number[]> => {
      const { ask, emulator } = await rig({ faults: [{ probability: 0.5, status: 500 }], faultSeed: 7 });
      const statuses = [];
      for (let count = 0; count < 12; count++) statuses.push((await ask("GET", "/vector_store")).status);
      emulator.faults.clear();
      expect((await ask("GET", "/vector_store")).status).toBe(200);
      return statuses;
    };
    const [first, second] = [await draw(), await draw()];
    expect(first).toEqual(second);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });

  it("that are misspelt are refused by name", async () => {
    const { emulator } = await rig();
    expect(() => emulator.faults.add({ operation: "addItems" as "addItem" })).toThrow(/operation/);
    expect(() => emulator.faults.add({ statuss: 500 } as object)).toThrow(/statuss/);
  });
});

describe("the journal", () => {
  it("can be cleared and tells refused requests from processed ones", async () => {
    const { ask, emulator } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    emulator.journal.clear();
    await ask("POST", "/vector_store", {});
    await ask("GET", "/vector_store/a");
    expect(emulator.journal).toEqual([
      {
        operation: "createCollection",
        method: "POST",
        path: "/vector_store",
        status: 422,
        processed: false,
        at: expect.any(Number) as number,
      },
      {
        operation: "getCollection",
        method: "GET",
        path: "/vector_store/a",
        status: 200,
        processed: true,
        at: expect.any(Number) as number,
      },
    ]);
  });
});
