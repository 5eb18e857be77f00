import { createHash } from "node:crypto";
import { managedBy } from "../../../../local/emulator/page/managed-by";
import { ownerOf } from "../../../../provider/ownership/tag";
import { chunkDescription, itemDescription } from "../../../support/tags";
import { closeAll, ingested, rig, upload, type Rig } from "../support/http";

afterEach(closeAll);

interface Answer {
  collections: { id: string; items: number; files: number; version: number }[];
  queue: { files: { collection: string; filename: string; status: string; done: number }[]; texts: unknown[] };
  requests: { operation: string; path: string; ms: number; requestBody: string; responseBody: string }[];
  next: number;
  documents: { name: string; kind: string; owner: string; chunks: number }[];
  chunks: {
    id: string;
    kind: string;
    owner: string;
    document: string;
    title: string;
    content: string;
    tokens: number;
  }[];
  results: { content: string; title: string; score: number; marks: [number, number][] }[];
  answer: string;
  message: string;
}

/** What the page asks for. */
async function page(
  { emulator }: Rig,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${new URL(emulator.url).origin}/_emulator/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${emulator.key}`,
      ...(body && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

const view = (test: Rig, query = "", headers: Record<string, string> = {}): Promise<{ status: number; body: Answer }> =>
  page(test, `view${query}`, undefined, headers);

describe("the page", () => {
  it("is for everybody who reaches the address, and holds nothing of the API, not even the key", async () => {
    const { emulator } = await rig();
    expect(emulator.page).toBe(`${new URL(emulator.url).origin}/#key=${emulator.key}`);
    const response = await fetch(emulator.page);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await response.text()).not.toContain(emulator.key);
  });

  it("runs nothing but its own script and style, and asks nobody else", async () => {
    const { emulator } = await rig();
    const response = await fetch(emulator.page);
    const text = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    for (const [directive, tag] of [
      ["script-src", "script"],
      ["style-src", "style"],
    ] as const) {
      const content = new RegExp(`<${tag}>([^]*?)</${tag}>`, "u").exec(text)?.[1] ?? "";
      expect(policy).toContain(`${directive} 'sha256-${createHash("sha256").update(content).digest("base64")}'`);
    }
    expect(policy).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/u);
    expect(policy).not.toMatch(/unsafe|\*/u);
    // Text of the API is never taken for markup.
    expect(text).not.toMatch(/innerHTML|insertAdjacent|document\.write|\beval\b|https?:\/\//u);
    expect(text).not.toMatch(/\son\w+=/u);
  });

  it("shows nothing without the key, and nothing to pages of elsewhere", async () => {
    const test = await rig();
    expect(await view(test, "", { authorization: "" })).toMatchObject({ status: 401 });
    expect(await view(test, "", { authorization: "Bearer another" })).toMatchObject({ status: 422 });
    expect(await view(test, "", { origin: "https://elsewhere.example" })).toMatchObject({ status: 403 });
  });

  it("shows documents, who manages them, and their chunks with all of their text", async () => {
    const test = await rig();
    await test.ask("POST", "/vector_store", { name: "shelf" });
    const owner = ownerOf("urn:of:a:resource");
    const tags = [
      itemDescription(owner, "An item.", "An item"),
      chunkDescription(owner, "a.md", "a", "a.md › Title"),
      chunkDescription(owner, "a.md", "b", "a.md › Other"),
      "[vi:x:no mark] By hand",
    ];
    const content = "<b>bold</b> ".repeat(60);
    for (const description of tags) await test.ask("POST", "/vector_store/shelf/items", { content, description });
    await ingested(test, "shelf", (await upload(test, "shelf", "notes.txt", "Notes.")).body.file.id);
    const { documents } = (await page(test, "documents?collection=shelf")).body;
    expect(documents.map(({ name, kind, owner: by, chunks }) => [name, kind, by === owner, chunks])).toEqual([
      ["An item", "Item", true, 1],
      ["a.md", "Documents", true, 2],
      ["[vi:x:no mark] By hand", "nobody", false, 1],
      ["notes.txt", "file", false, 1],
    ]);
    const { chunks } = (await page(test, "chunks?collection=shelf&name=a.md&kind=Documents")).body;
    expect(chunks).toMatchObject([{ title: "a.md › Title", content }, { title: "a.md › Other" }]);
    expect(chunks[0]?.tokens).toBeGreaterThan(60);
    const { collections, queue } = (await view(test)).body;
    expect(collections).toMatchObject([{ id: "shelf", items: 5, files: 1 }]);
    expect(queue).toMatchObject({
      files: [{ collection: "shelf", filename: "notes.txt", status: "completed", done: 1 }],
    });
    expect(await page(test, "documents?collection=nowhere")).toMatchObject({ status: 404 });
  });

  it("tells each request once, and none of its own", async () => {
    const test = await rig();
    await test.ask("POST", "/vector_store", { name: "shelf" });
    const first = (await view(test)).body;
    expect(first.requests.map(({ operation }) => operation)).toEqual(["createCollection"]);
    await test.ask("GET", "/vector_store");
    const second = (await view(test, `?since=${first.next}`)).body;
    expect(second.requests.map(({ operation }) => operation)).toEqual(["listCollections"]);
    test.emulator.journal.clear();
    await test.ask("GET", "/vector_store/shelf");
    expect((await view(test, `?since=${second.next}`)).body.requests.map(({ operation }) => operation)).toEqual([
      "getCollection",
    ]);
    // From before a restart, or nonsense.
    for (const since of ["999999", "x", "-3"])
      expect((await view(test, `?since=${since}`)).body.requests).toHaveLength(3);
    expect(first.requests[0]).toMatchObject({
      requestBody: '{"name":"shelf"}',
      responseBody: expect.stringContaining('"id":"shelf"') as string,
    });
    expect(first.requests[0]?.ms).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(first)).not.toContain(test.emulator.key);
    expect(test.emulator.journal.map(({ operation }) => operation)).toEqual(["getCollection"]);
  });

  it("searches with scores and the words that fit, answers with what it stands on, and says what is wrong", async () => {
    const test = await rig();
    await test.ask("POST", "/vector_store", { name: "shelf" });
    await test.ask("POST", "/vector_store/shelf/items", { content: "Trains run on rails.", description: "Trains" });
    await test.ask("POST", "/vector_store/shelf/items", {
      content: "We bake bread. Bakers rise early.",
      description: "Bread",
    });
    const { results } = (await page(test, "search", { collection: "shelf", input: "who was baking bread?" })).body;
    expect(results).toMatchObject([{ title: "Bread", kind: "nobody" }, { title: "Trains" }]);
    expect(results[0]?.marks.map(([start, end]) => results[0]?.content.slice(start, end))).toEqual(["bake", "bread"]);
    expect(results[0]?.score).toBeGreaterThan(results[1]?.score ?? 0);
    const { answer, chunks } = (await page(test, "answer", { collection: "shelf", input: "who bakes bread?" })).body;
    expect([answer, chunks[0]?.title]).toEqual(["From the documents: We bake bread.", "Bread"]);
    expect((await page(test, "answer", { collection: "shelf", input: "xylophone quantum" })).body).toMatchObject({
      answer: expect.stringContaining("nothing") as string,
      chunks: [],
    });
    for (const path of ["search", "answer"]) {
      expect(await page(test, path, { collection: "nowhere", input: "bread" })).toMatchObject({ status: 404 });
      expect(await page(test, path, { collection: "shelf", input: "" })).toMatchObject({ status: 422 });
      expect(await page(test, path, { collection: "shelf", input: "word ".repeat(2_000) })).toMatchObject({
        status: 422,
        body: { message: expect.stringMatching(/512/u) as string },
      });
    }
    expect(test.emulator.journal.map(({ operation }) => operation)).not.toContain("searchCollection");
  });
});

test("a description that only resembles a tag is nobody's", () => {
  for (const description of [
    "",
    "[vi:i:short:0:0] x",
    "x [vi:i:AAAAAAAAAAAA:0:0123456789ab] y",
    "[vi:i:AAAAAAAAAAAA]",
  ]) {
    expect(managedBy({ description, fileId: null })).toEqual({ kind: "nobody", owner: "", title: description });
  }
});
