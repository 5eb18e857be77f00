import { createHash } from "node:crypto";
import { managedBy } from "../../../../local/emulator/page/managed-by";
import { ownerOf } from "../../../../provider/ownership/tag";
import { chunkDescription, itemDescription } from "../../../support/tags";
import { closeAll, rig, upload, type Rig } from "../support/http";

afterEach(closeAll);

interface Answer {
  collections: { id: string; items: number; files: number }[];
  shown?: { items: { kind: string; owner: string; title: string; beginning: string }[]; files: { filename: string; status: string }[] };
  requests: { operation: string; path: string }[];
  next: number;
  message: string;
}

async function view({ emulator }: Rig, query = "", headers: Record<string, string> = {}): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${new URL(emulator.url).origin}/_emulator/view${query}`, { headers: { authorization: `Bearer ${emulator.key}`, ...headers } });
  return { status: response.status, body: (await response.json()) as Answer };
}

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
    for (const [directive, tag] of [["script-src", "script"], ["style-src", "style"]] as const) {
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

  it("shows who manages what", async () => {
    const test = await rig();
    await test.ask("POST", "/vector_store", { name: "shelf" });
    const owner = ownerOf("urn:of:a:resource");
    const marks = [
      itemDescription(owner, "An item.", "An item"),
      chunkDescription(owner, "a.md", "a", "a.md › Title"),
      "[vi:x:no mark] By hand",
    ];
    for (const description of marks) await test.ask("POST", "/vector_store/shelf/items", { content: "<b>bold</b>", description });
    await upload(test, "shelf", "notes.txt", "Notes.");
    const { body } = await view(test, "?collection=shelf");
    const rows = body.shown?.items.map(({ kind, owner: by, title }) => [kind, by, title]) ?? [];
    expect(rows.filter(([kind]) => kind !== "file").reverse()).toEqual([
      ["Item", owner, "An item"],
      ["Documents", owner, "a.md › Title"],
      ["nobody", "", "[vi:x:no mark] By hand"],
    ]);
    expect(body.shown?.files).toMatchObject([{ filename: "notes.txt" }]);
    expect(body.collections).toMatchObject([{ id: "shelf", files: 1 }]);
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
    expect((await view(test, `?since=${second.next}`)).body.requests.map(({ operation }) => operation)).toEqual(["getCollection"]);
    // From before a restart, or nonsense.
    for (const since of ["999999", "x", "-3"]) expect((await view(test, `?since=${since}`)).body.requests).toHaveLength(1);
    expect(test.emulator.journal.map(({ operation }) => operation)).toEqual(["getCollection"]);
  });

  it("searches, and says what is wrong with a question", async () => {
    const test = await rig();
    await test.ask("POST", "/vector_store", { name: "shelf" });
    await test.ask("POST", "/vector_store/shelf/items", { content: "Bread is baked.", description: "Bread" });
    const origin = new URL(test.emulator.url).origin;
    const search = async (body: unknown): Promise<{ status: number; body: { results?: object[]; message?: string } }> => {
      const response = await fetch(`${origin}/_emulator/search`, { method: "POST", headers: { authorization: `Bearer ${test.emulator.key}`, "content-type": "application/json" }, body: JSON.stringify(body) });
      return { status: response.status, body: (await response.json()) as object };
    };
    expect((await search({ collection: "shelf", input: "bread" })).body.results).toMatchObject([{ title: "Bread", content: "Bread is baked.", kind: "nobody" }]);
    expect(await search({ collection: "nowhere", input: "bread" })).toMatchObject({ status: 404 });
    expect(await search({ collection: "shelf", input: "" })).toMatchObject({ status: 422 });
    expect(await search({ collection: "shelf", input: "word ".repeat(2_000) })).toMatchObject({ status: 422, body: { message: expect.stringMatching(/512/u) as string } });
    expect(test.emulator.journal.map(({ operation }) => operation)).not.toContain("searchCollection");
  });
});

test("a description that only resembles a tag is nobody's", () => {
  for (const description of ["", "[vi:i:short:0:0] x", "x [vi:i:AAAAAAAAAAAA:0:0123456789ab] y", "[vi:i:AAAAAAAAAAAA]"]) {
    expect(managedBy({ description, fileId: null })).toEqual({ kind: "nobody", owner: "", title: description });
  }
});
