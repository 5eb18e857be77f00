import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "../../../local/emulator/index.js";
import { docx, pdf } from "./support/documents.js";
import { closeAll, ingested, rig, upload, type Rig } from "./support/http.js";

afterEach(closeAll);

async function withCollection(test: Rig): Promise<Rig> {
  await test.ask("POST", "/vector_store", { name: "a" });
  return test;
}

/** The file after ingestion and the contents of its items. */
async function read(
  test: Rig,
  filename: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<{ status: string; error: string | undefined; contents: string[] }> {
  const { file } = (await upload(test, "a", filename, content)).body;
  expect(file).toEqual({ id: file.id, filename, status: "enqueued", items: 0, tokens: 0 });
  const { status, error, items, tokens } = await ingested(test, "a", file.id);
  const listed = (await test.ask("GET", "/vector_store/a/items")).body.items;
  const contents = [];
  for (const { id } of listed) contents.push((await test.ask("GET", `/vector_store/a/items/${id}`)).body.item.content);
  expect(items).toBe(status === "completed" ? contents.length : 0);
  expect(tokens > 0).toBe(status === "completed");
  return { status, error, contents };
}

describe("files become items", () => {
  it.each([
    ["notes.txt", "\ufeffOne line.\r\nAnother.", ["One line.\nAnother."]],
    ["notes.MD", "# Title\n\nText with **marks**.", ["# Title\n\nText with **marks**."]],
    ["page.html", "<h1>Zebras</h1><p>eat <a href='x'>grass</a></p><script>no()</script>", ["Zebras\n\neat grass"]],
    ["odd.html", "<p>a</p><constructor>b</constructor>", ["a\n\nb"]],
    [
      "table.csv",
      'animal;food\nzebra;grass\n"li;on";meat',
      ["animal: zebra\nfood: grass\n\nanimal: li;on\nfood: meat"],
    ],
    ["data.json", '[{"animal":{"name":"zebra"}},{"legs":[4,null]}]', ["animal.name: zebra\n\nlegs.0: 4\nlegs.1: null"]],
    ["report.docx", docx(["Zebras eat grass.", "Lions do not."]), ["Zebras eat grass.\n\nLions do not."]],
    ["report.pdf", pdf("Zebras eat grass."), ["Zebras eat grass."]],
  ])("%s", async (filename, content, expected) => {
    const { status, contents } = await read(await withCollection(await rig()), filename, content);
    expect([status, contents]).toEqual(["completed", expected]);
  });

  it("in chunks that the model takes, with nothing lost", async () => {
    const test = await withCollection(await rig());
    const text = readFileSync(join(__dirname, "../../../node_modules/commander/Readme.md"), "utf8");
    const { contents } = await read(test, "readme.md", text);
    expect(contents.length).toBeGreaterThan(40);
    const words = (value: string): string[] => value.split(/\s+/).filter((word) => word !== "");
    expect(contents.flatMap(words)).toEqual(words(text));
    expect((await read(await withCollection(await rig()), "word.txt", "x".repeat(20_000))).contents.join("")).toBe(
      "x".repeat(20_000),
    );
  });

  it("that the search finds and that go with their file", async () => {
    const test = await withCollection(await rig());
    await test.ask("POST", "/vector_store/a/items", { content: "lion" });
    const { file } = (await upload(test, "a", "z.txt", "zebra")).body;
    await ingested(test, "a", file.id);
    expect((await test.ask("POST", "/vector_store/a/search", { input: "zebra" })).body.results[0]?.content).toBe(
      "zebra",
    );
    expect((await test.ask("DELETE", `/vector_store/a/files/${file.id}`)).status).toBe(204);
    expect((await test.ask("GET", "/vector_store/a/items")).body.items).toHaveLength(1);
    expect((await test.ask("GET", "/vector_store/a/files")).body.files).toEqual([]);
    const again = await test.ask("DELETE", `/vector_store/a/files/${file.id}`);
    expect([again.status, again.body.message]).toEqual([404, "Not found"]);
  });

  it.each([
    ["virus.exe", "MZ", "Files named *.exe cannot be read"],
    ["README", "text", "Files named * cannot be read"],
    ["broken.pdf", "no", "no readable PDF"],
    ["broken.docx", "no", "it is no ZIP archive"],
    ["broken.json", "{", "The file is no JSON"],
    ["broken.csv", 'a,b\n"x', "The file is no CSV"],
    ["binary.txt", new Uint8Array([0xc3, 0x28]), "The file is no text in UTF-8"],
    ["empty.txt", " \n", "The file has no text"],
    ["bomb.docx", docx(["x"], 0x7fffffff), "unpacks to more than"],
  ])("but not %s, which fails and says why", async (filename, content, message) => {
    const { status, error, contents } = await read(await withCollection(await rig()), filename, content);
    expect([status, contents]).toEqual(["failed", []]);
    expect(error).toContain(message);
  });
});

describe("ingestion", () => {
  const stateOf = async ({ ask }: Rig, id: string): Promise<string> =>
    (await ask("GET", `/vector_store/a/files/${id}`)).body.file.status;

  it("is visible while it runs", async () => {
    const clock = manualClock();
    const test = await withCollection(await rig({ clock, ingestionStageMs: 1_000 }));
    const { file } = (await upload(test, "a", "z.txt", "zebra")).body;
    expect(await stateOf(test, file.id)).toBe("enqueued");
    clock.advance(1_000);
    expect(await stateOf(test, file.id)).toBe("processing");
    clock.advance(1_000);
    expect((await ingested(test, "a", file.id)).status).toBe("completed");
  });

  it("keeps nobody waiting who asks another collection, or adds to it", async () => {
    const test = await withCollection(await rig());
    await test.ask("POST", "/vector_store", { name: "b" });
    const { file } = (await upload(test, "a", "long.txt", "Zebras eat grass by the river all day.\n\n".repeat(60_000)))
      .body;
    expect((await test.ask("POST", "/vector_store/b/items", { content: "lion" })).status).toBe(201);
    expect((await test.ask("POST", "/vector_store/b/search", { input: "lion" })).body.results).toMatchObject([
      { content: "lion" },
    ]);
    const other = (await upload(test, "b", "short.md", "# Lions\n\nThey sleep.")).body.file;
    expect(await ingested(test, "b", other.id)).toMatchObject({ status: "completed", items: 1 });
    expect(["enqueued", "processing"]).toContain(await stateOf(test, file.id));
  });

  it("survives a file that is made to swell, and says what is wrong with it", async () => {
    const test = await withCollection(await rig());
    const { file } = (await upload(test, "a", "swell.html", `<table><tr><td colspan="200000000">x</td></tr></table>`))
      .body;
    const { status, error } = await ingested(test, "a", file.id);
    expect(status === "failed" ? error : "").toMatch(/^$|takes (more than 640 MB of memory|longer than 60 s) to read/u);
    const next = (await upload(test, "a", "next.html", "<p>zebra</p>")).body.file;
    expect(await ingested(test, "a", next.id)).toMatchObject({ status: "completed" });
  });

  it("leaves no heading alone", async () => {
    const paragraph = "Zebras eat grass. ".repeat(120);
    const { contents } = await read(
      await withCollection(await rig()),
      "z.md",
      `# One\n\n${paragraph}\n\n## Two\n\n### Three\n\n${paragraph}`,
    );
    expect(contents.filter((content) => /^(?:#+ \w+\s*)+$/u.test(content))).toEqual([]);
    expect(contents.some((content) => content.startsWith("## Two\n\n### Three\n\nZebras"))).toBe(true);
  });

  it("goes on after a restart, also of a file whose collection is gone by then", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "emulator-"));
    try {
      const clock = manualClock();
      const first = await withCollection(await rig({ dataDir, clock, ingestionStageMs: 1_000 }));
      const { file } = (await upload(first, "a", "z.txt", "zebra")).body;
      await first.ask("POST", "/vector_store", { name: "b" });
      await upload(first, "b", "y.txt", "yak");
      await first.ask("DELETE", "/vector_store/b");
      clock.advance(1_000);
      expect(await stateOf(first, file.id)).toBe("processing");
      await first.emulator.close();
      const second = await rig({ dataDir });
      expect(await ingested(second, "a", file.id)).toMatchObject({ status: "completed", items: 1 });
      await second.emulator.close();
      expect(await ingested(await rig({ dataDir }), "a", file.id)).toMatchObject({ status: "completed", items: 1 });
    } finally {
      await closeAll();
      rmSync(dataDir, { recursive: true });
    }
  });

  it("can be stuck or fail on purpose", async () => {
    const test = await withCollection(
      await rig({
        faults: [
          { operation: "addFile", nth: 1, ingestion: "failed" },
          { operation: "addFile", nth: 2, ingestion: "stuck" },
        ],
      }),
    );
    const failed = (await upload(test, "a", "z.txt", "zebra")).body.file;
    const stuck = (await upload(test, "a", "z.txt", "zebra")).body.file;
    const fine = (await upload(test, "a", "z.txt", "zebra")).body.file;
    expect(await ingested(test, "a", fine.id)).toMatchObject({ status: "completed" });
    expect(await ingested(test, "a", failed.id)).toMatchObject({ status: "failed", error: "A fault on purpose" });
    expect(await stateOf(test, stuck.id)).toBe("processing");
  });
});

describe("uploads", () => {
  const post = ({ emulator }: Rig, type: string, body: string): Promise<Response> =>
    fetch(`${emulator.url}/vector_store/a/files`, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.key}`, "content-type": type },
      body,
    });
  const part = (head: string, body = "text"): string => `--b\r\n${head}\r\n\r\n${body}\r\n`;

  it("keep odd file names", async () => {
    const test = await withCollection(await rig());
    for (const name of ['na"ïve;.txt', "日本.md", "back\\slash.txt"]) {
      expect((await upload(test, "a", name, "x")).body.file.filename).toBe(name);
    }
    const head = "Content-Disposition: form-data; name=file; filename*=UTF-8''na%C3%AFve.txt";
    const reply = (await (await post(test, 'multipart/form-data; boundary="b"', `${part(head)}--b--\r\n`)).json()) as {
      file: { filename: string };
    };
    expect(reply.file.filename).toBe("naïve.txt");
  });

  it.each([
    ["of another type", "application/json", "{}", 415],
    ["without a boundary", "multipart/form-data", "", 400],
    ["that are empty", "multipart/form-data; boundary=b", "", 400],
    ["without a part", "multipart/form-data; boundary=b", "--b--", 422],
    ["that break off", "multipart/form-data; boundary=b", "--b\r\nno end", 400],
    [
      "that break off within the file",
      "multipart/form-data; boundary=b",
      '--b\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\nhalf of i',
      400,
    ],
    [
      "with another part",
      "multipart/form-data; boundary=b",
      `${part('Content-Disposition: form-data; name="other"')}--b--`,
      422,
    ],
    [
      "with many parts",
      "multipart/form-data; boundary=b",
      `${part('Content-Disposition: form-data; name="x"').repeat(40)}--b--`,
      413,
    ],
  ])("%s are refused", async (_what, type, body, status) => {
    expect((await post(await withCollection(await rig()), type, body)).status).toBe(status);
  });

  it("over 32 MiB are refused", async () => {
    const test = await withCollection(await rig());
    const limit = 32 * 1024 * 1024;
    for (const size of [limit + 1, limit + 1024 * 1024])
      expect((await upload(test, "a", "big.bin", new Uint8Array(size))).status).toBe(413);
    expect((await test.ask("GET", "/vector_store/a/files")).body.files).toEqual([]);
    expect((await upload(test, "a", "big.bin", new Uint8Array(limit))).status).toBe(201);
  });
});
