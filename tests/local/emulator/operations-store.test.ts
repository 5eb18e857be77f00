import { closeAll, rig } from "./support/http.js";

afterEach(closeAll);

describe("collections", () => {
  it("are made, listed, read, renamed and deleted, with the id derived once from the first name", async () => {
    const { ask } = await rig();
    const made = await ask("POST", "/vector_store", { name: "My Docs: Edition 2026!" });
    const { created } = made.body.collection as { created?: string };
    expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
    expect([made.status, made.body]).toEqual([
      201,
      { collection: { id: "mydocsedition2", name: "My Docs: Edition 2026!", created } },
    ]);
    expect((await ask("PATCH", "/vector_store/mydocsedition2", { name: "Other" })).body).toEqual({
      collection: { id: "mydocsedition2", name: "Other", created },
    });
    expect((await ask("GET", "/vector_store/mydocsedition2")).body).toEqual({
      collection: { id: "mydocsedition2", name: "Other", created },
    });
    expect((await ask("GET", "/vector_store")).body).toEqual({
      collections: [{ id: "mydocsedition2", name: "Other", created }],
    });
    const gone = await ask("DELETE", "/vector_store/mydocsedition2");
    expect([gone.status, gone.text]).toEqual([204, ""]);
    const twice = await ask("DELETE", "/vector_store/mydocsedition2");
    expect([twice.status, twice.body]).toEqual([404, { message: "Collection not found" }]);
  });

  it("whose first 14 characters are taken are refused, until the other one is deleted", async () => {
    const { ask } = await rig();
    const refusal = [422, { message: "Duplicate collection name found, please provide a unique name" }];
    expect((await ask("POST", "/vector_store", { name: "Acme handbook dev" })).body.collection.id).toBe(
      "acmehandbookde",
    );
    for (const name of ["Acme handbook dev", "acme-handbook-development"]) {
      const { status, body } = await ask("POST", "/vector_store", { name });
      expect([status, body]).toEqual(refusal);
    }
    expect((await ask("DELETE", "/vector_store/acmehandbookde")).status).toBe(204);
    expect((await ask("POST", "/vector_store", { name: "Acme handbook dev" })).status).toBe(201);
  });

  it("are answered with the one that is there, or lose an underscore, where the API is said to do so", async () => {
    const { ask } = await rig({ like: { takenName: "existing", underscore: "dropped" } });
    const { collection } = (await ask("POST", "/vector_store", { name: "my_docs" })).body;
    expect(collection).toMatchObject({ id: "mydocs", name: "my_docs" });
    expect((await ask("POST", "/vector_store", { name: "My docs" })).body.collection).toEqual(collection);
    expect((await ask("GET", "/vector_store")).body.collections).toEqual([collection]);
  });

  it("get different ids of at most 14 characters where the API is said to do so", async () => {
    const { ask } = await rig({ like: { takenName: "suffix" } });
    const ids = [];
    for (let count = 0; count < 12; count++)
      ids.push((await ask("POST", "/vector_store", { name: "Knowledge base of us" })).body.collection.id);
    expect(new Set(ids).size).toBe(12);
    expect(ids.slice(0, 2)).toEqual(["knowledgebaseo", "knowledgebas_2"]);
    expect(ids.every((id: string) => /^[a-z0-9_]{1,14}$/.test(id))).toBe(true);
  });

  it("without a usable letter in their name still have an id", async () => {
    const { ask } = await rig();
    expect((await ask("POST", "/vector_store", { name: "日本語" })).body.collection.id).toMatch(/^[a-z0-9_]{1,14}$/);
  });

  it("take their items with them", async () => {
    const { ask } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    await ask("POST", "/vector_store/a/items", { content: "one" });
    await ask("DELETE", "/vector_store/a");
    await ask("POST", "/vector_store", { name: "a" });
    expect((await ask("GET", "/vector_store/a/items")).body).toEqual({ items: [] });
    expect((await ask("POST", "/vector_store/a/search", { input: "one" })).body.results).toEqual([]);
  });
});

describe("items", () => {
  it("are added whole, listed without content, described again and deleted", async () => {
    const { ask } = await rig({ clock: { now: () => Date.UTC(2026, 4, 6), sleep: () => Promise.resolve() } });
    await ask("POST", "/vector_store", { name: "a" });
    const added = await ask("POST", "/vector_store/a/items", {
      content: "Undici keeps connections.",
      description: "first",
    });
    expect(added.status).toBe(201);
    const { id } = added.body.item;
    const item = {
      id,
      created: "2026-05-06T00:00:00.000Z",
      description: "first",
      content: "Undici keeps connections.",
    };
    expect(added.body).toEqual({ item, usage: { prompt_tokens: 5, total_tokens: 5 } });
    expect((await ask("GET", `/vector_store/a/items/${id}`)).body).toEqual({ item });
    const { content, ...summary } = item;
    expect((await ask("GET", "/vector_store/a/items")).body).toEqual({ items: [summary] });
    expect(
      (await ask("PATCH", `/vector_store/a/items/${id}`, { description: "second", content: "changed" })).body,
    ).toEqual({ item: { ...item, description: "second", content } });
    expect((await ask("DELETE", `/vector_store/a/items/${id}`)).status).toBe(204);
    const again = await ask("DELETE", `/vector_store/a/items/${id}`);
    expect([again.status, again.body]).toEqual([404, { message: "Not found" }]);
  });

  it("have a shortened content for a description unless given one", async () => {
    const { ask } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    const describe = async (content: string): Promise<string> =>
      (await ask("POST", "/vector_store/a/items", { content })).body.item.description;
    expect(await describe("short\n text")).toBe("short text");
    const long = await describe("word ".repeat(60));
    expect(long.length).toBeLessThanOrEqual(100);
    expect(long.endsWith("word…")).toBe(true);
  });

  it("longer than 512 tokens are refused, and nothing is kept", async () => {
    const { ask } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    expect((await ask("POST", "/vector_store/a/items", { content: "word ".repeat(512) })).status).toBe(201);
    const refused = await ask("POST", "/vector_store/a/items", { content: "word ".repeat(513) });
    expect(refused.status).toBe(422);
    expect(refused.body.message).toContain("Maximum sequence length exceeded");
    expect((await ask("GET", "/vector_store/a/items")).body.items).toHaveLength(1);
  });

  it("keep every character, odd ones too", async () => {
    const { ask } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    const content = "nul \u0000, emoji 🦄, quotes \"'`, line\r\nend, half ";
    const { item } = (
      await ask(
        "POST",
        "/vector_store/a/items",
        `{"content":${JSON.stringify(content)}}`.replace("half ", "half \\ud800"),
      )
    ).body;
    expect(item.content).toBe(`${content}\ufffd`);
  });
});

describe("search", () => {
  it("answers all items with their content and no score, the closest first; fewer where the API is said to do so", async () => {
    const { ask } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    for (let count = 0; count < 12; count++)
      await ask("POST", "/vector_store/a/items", { content: `Filler number ${count}` });
    const { item } = (await ask("POST", "/vector_store/a/items", { content: "The zebra eats grass" })).body;
    const { status, body } = await ask("POST", "/vector_store/a/search", { input: "zebras" });
    expect(status).toBe(200);
    expect(body.results).toHaveLength(13);
    expect(body.results[0]).toEqual({ id: item.id, created: item.created, content: item.content });
    expect(body.usage).toEqual({ prompt_tokens: 1, total_tokens: 1 });
    const other = await rig({ like: { searchResults: 1 } });
    await other.ask("POST", "/vector_store", { name: "a" });
    for (const content of ["lion", "zebra"]) await other.ask("POST", "/vector_store/a/items", { content });
    expect(
      (await other.ask("POST", "/vector_store/a/search", { input: "zebra", top_k: 2 })).body.results,
    ).toMatchObject([{ content: "zebra" }]);
  });

  it("knows nothing of a collection with 422 where the API is said to do so", async () => {
    const { ask } = await rig({ like: { unknownCollection: 422 } });
    const { status, body } = await ask("POST", "/vector_store/a/search", { input: "x" });
    expect([status, body]).toEqual([422, { message: "Collection not found" }]);
  });

  it("no longer finds a deleted item and finds a new one at once", async () => {
    const { ask } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    const { item } = (await ask("POST", "/vector_store/a/items", { content: "zebra" })).body;
    await ask("POST", "/vector_store/a/items", { content: "lion" });
    await ask("DELETE", `/vector_store/a/items/${item.id}`);
    const found = (await ask("POST", "/vector_store/a/search", { input: "zebra" })).body.results;
    expect(found.map(({ content }: { content: string }) => content)).toEqual(["lion"]);
  });

  it("refuses a question over the limit and one for an unknown collection", async () => {
    const { ask } = await rig();
    await ask("POST", "/vector_store", { name: "a" });
    expect((await ask("POST", "/vector_store/a/search", { input: "word ".repeat(600) })).status).toBe(422);
    expect((await ask("POST", "/vector_store/nowhere/search", { input: "x" })).body).toEqual({
      message: "Collection not found",
    });
  });
});
