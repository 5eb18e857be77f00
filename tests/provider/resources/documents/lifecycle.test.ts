import { withResponse } from "../../../../provider/client/api-promise.js";
import { ContentTooLongError } from "../../../../provider/client/index.js";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../../../provider/resources/documents/check";
import { lifecycle } from "../../../../provider/resources/documents/lifecycle";
import { UNKNOWN, type Properties } from "../../../../provider/engine/values";
import { nothingPrepared, type Emulated } from "../../emulated";
import { counted, Deployed, failure, held, withCollection } from "./support";

const section = (name: string, text: string): string => `## ${name}\n\n${text}\n`;
const GUIDE = [
  "# Guide\n",
  section("Linux", "Install it with apt."),
  section("Windows", "Run the installer."),
  section("Mac", "Drag the icon."),
].join("\n");
const BREAD = "Bread is baked on Mondays.";

let api: Emulated;
let collectionId: string;
beforeEach(async () => {
  ({ api, collectionId } = await withCollection());
});
afterEach(() => api.emulator.close());

describe("Documents", () => {
  it("become items that say which document and section they are of", async () => {
    const docs = new Deployed(collectionId).write({ "guide.md": GUIDE, "bread.txt": BREAD });
    expect(await docs.up(api)).toBe("create");
    expect(counted(api)).toEqual({ listItems: 2, addItem: 4 });
    const items = await api.client.items.list(collectionId);
    expect(items.map(({ description }) => description.replace(/^\[vi:d:\S+\] /u, "")).sort()).toEqual([
      "bread.txt",
      "guide.md › Guide › Linux",
      "guide.md › Guide › Mac",
      "guide.md › Guide › Windows",
    ]);
    expect(docs.managed.outputs).toMatchObject({ documentCount: 2, chunkCount: 4, collectionId });
    expect(Object.values(await held(api, collectionId, docs.owner)).flat()).toContain(
      "Guide\n\n## Windows\n\nRun the installer.",
    );
  });

  it("ask the API nothing as long as nothing changes, nor where the folder has moved", async () => {
    const files = { "guide.md": GUIDE, "bread.txt": BREAD };
    const docs = new Deployed(collectionId).write(files);
    await docs.up(api);
    api.calls();
    expect(await docs.up(api)).toBe("same");
    expect(await docs.up(api, { source: { folder: new Deployed(collectionId).write(files).folder } })).toBe("same");
    expect(api.calls()).toEqual([]);
  });

  it("in a preview promise no saving where their collection may become another one", async () => {
    const docs = new Deployed(collectionId).write({ "guide.md": GUIDE });
    await docs.up(api);
    const { inputs, outputs } = docs.managed;
    await expect(lifecycle.diff(outputs, { ...inputs, collectionId: UNKNOWN }, api)).resolves.toEqual({
      changes: true,
      replaces: [],
    });
    expect(api.reports.at(-1)).toBe(
      "The collection is not known yet: where it is another one, 3 chunks are embedded again",
    );
  });

  it("are changed chunk by chunk, new ones first", async () => {
    const docs = new Deployed(collectionId).write({ "guide.md": GUIDE, "bread.txt": BREAD });
    await docs.up(api);
    const { revision } = docs.managed.outputs;
    api.calls();
    docs.write({ "guide.md": GUIDE.replace("Run the installer.", "Use winget."), "bread.txt": BREAD });
    expect(await docs.up(api)).toBe("update");
    expect(api.calls()).toEqual(["listItems", "addItem", "deleteItem", "listItems"]);
    expect(docs.managed.outputs["revision"]).not.toBe(revision);
    expect(api.reports.at(-1)).toMatch(
      /^1 of 2 documents changes: 1 chunk to embed, about \d+ tokens, 1 to delete\n~ guide\.md {2}1 of 3 chunks, \d+ tokens: Windows$/u,
    );
  });

  it("that only changed their names get new metadata, and not embedded again", async () => {
    const docs = new Deployed(collectionId).write({ "guide.md": GUIDE, "bread.txt": BREAD });
    await docs.up(api);
    api.calls();
    docs.write({ "install/guide.md": GUIDE, "bread.txt": BREAD });
    await docs.up(api);
    expect(counted(api)).toEqual({ listItems: 1, updateItem: 3 });
    expect(Object.keys(await held(api, collectionId, docs.owner)).sort()).toEqual(["bread.txt", "install/guide.md"]);
    expect(api.reports.at(-1)).toContain("+ install/guide.md  nothing to embed, moved from guide.md");
    expect(await docs.up(api)).toBe("same");
  });

  it("are found again by their tags after the state was lost, and deleted with one list before and one after", async () => {
    const docs = new Deployed(collectionId).write({ "guide.md": GUIDE, "bread.txt": BREAD });
    await docs.up(api);
    api.calls();
    const again = new Deployed(collectionId, {}, docs.owner).write({ "guide.md": GUIDE, "bread.txt": BREAD });
    await again.up(api.afresh());
    expect(counted(api)).toEqual({ listItems: 1, getItem: 4, updateItem: 4 });
    expect(again.managed.outputs["revision"]).toBe(docs.managed.outputs["revision"]);
    await again.managed.destroy(api);
    expect(counted(api)).toEqual({ listItems: 2, deleteItem: 4 });
    expect(await api.client.items.list(collectionId)).toEqual([]);
  });

  it("leave alone what bears their tag, but has another content", async () => {
    const docs = new Deployed(collectionId).write({ "bread.txt": BREAD });
    await docs.up(api);
    const [own] = await api.client.items.list(collectionId);
    const description = (own?.description ?? "").replace(/:0\]/u, ":1]");
    const { item } = await api.client.items.add(collectionId, { content: "Something else.", description });
    docs.write({ "bread.txt": "Bread is baked on Fridays." });
    await docs.up(api);
    expect((await api.client.items.list(collectionId)).map(({ id }) => id)).toContain(item.id);
    expect(await api.client.items.list(collectionId)).toHaveLength(2);
  });
});

describe("A deployment of documents", () => {
  it("uploads what it can, names what failed and why, deletes nothing, and goes on the next time", async () => {
    const docs = new Deployed(collectionId).write({ "guide.md": GUIDE, "old.md": "Old." });
    await docs.up(api);
    docs.write({ "guide.md": GUIDE.replaceAll(".\n", " now.\n") });
    api.emulator.faults.add({ operation: "addItem", status: 400, nth: 2 });
    const message = await failure(docs.up(api));
    expect(message).toContain("1 of 3 chunks could not be uploaded; the others are there, and nothing was deleted.");
    expect(message).toMatch(/- guide\.md › (Linux|Windows|Mac): .*400/u);
    expect(await api.client.items.list(collectionId)).toHaveLength(6);
    api.emulator.faults.clear();
    api.calls();
    await docs.up(api);
    expect(counted(api)).toMatchObject({ addItem: 1, deleteItem: 4 });
    expect(Object.keys(await held(api, collectionId, docs.owner))).toEqual(["guide.md"]);
    expect(await docs.up(api)).toBe("same");
  });

  it("finds what was added although nobody got the answer", async () => {
    const docs = new Deployed(collectionId).write({ "guide.md": GUIDE });
    api.emulator.faults.add({ operation: "addItem", reset: true, processed: true, nth: 2 });
    await docs.up(api);
    expect((await held(api, collectionId, docs.owner))["guide.md"]).toHaveLength(3);
    expect(counted(api)).toMatchObject({ addItem: 3 });
  });

  it("stops at once where the key is refused, and leaves nothing in the state where nothing was done", async () => {
    const docs = new Deployed(collectionId).write(
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.md`, `Text ${index}.`])),
    );
    api.emulator.faults.add({ operation: "addItem", status: 401 });
    expect(await failure(docs.up(api))).toContain("60 of 60 chunks could not be uploaded");
    expect(counted(api)["addItem"]).toBeLessThan(20);
    expect(docs.managed.outputs).toEqual({});
  });

  it.each([503, 401])("stops early where deletions fail with %s, and the next one does the rest", async (status) => {
    const texts = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.md`, `Text ${index}.`]));
    const docs = new Deployed(collectionId, { unmanaged: "prune", maxDeletePercent: 100 }).write(texts);
    for (let index = 0; index < 40; index++) await api.client.items.add(collectionId, { content: `By hand ${index}.` });
    await docs.up(api);
    docs.write({ "0.md": "Text 0." });
    api.emulator.faults.add({ operation: "deleteItem", status });
    api.calls();
    expect(await failure(docs.up(api))).toMatch(
      new RegExp(`but 59 chunks that are no longer declared could not be deleted: .*answered ${status}`, "u"),
    );
    expect(counted(api)["deleteItem"]).toBeLessThanOrEqual(2 * 17);
    expect(docs.managed.outputs).toMatchObject({ unmanagedItems: 40 });
    expect(await failure(docs.managed.destroy(api))).toContain("60 chunks of the documents");
    expect(counted(api)["deleteItem"]).toBeLessThanOrEqual(17);
    api.emulator.faults.clear();
    await docs.managed.destroy(api);
    expect(await api.client.items.list(collectionId)).toHaveLength(40);
  });

  it("is interrupted wherever it is, and the next one does the rest and nothing twice", async () => {
    const before = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.md`, `Old text ${index}.`]));
    const after = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.md`, `New text ${index}.`]));
    for (const at of [1, 3, 12, 21, 23, 30, 42, 43, 44]) {
      const { api: fresh, collectionId: collection } = await withCollection();
      const docs = new Deployed(collection, { maxDeletePercent: 100 }).write(before);
      await docs.up(fresh);
      docs.write(after);
      const run = new AbortController();
      const process = fresh.afresh({ interruption: run.signal });
      const wire = fresh.emulator.journal;
      wire.clear();
      const watched = setInterval(() => {
        if (wire.length >= at) run.abort();
      }, 0);
      await docs.up(process).catch((error: unknown) => error);
      clearInterval(watched);
      await docs.up(fresh.afresh());
      expect([
        at,
        Object.values(await held(fresh, collection, docs.owner))
          .flat()
          .sort(),
      ]).toEqual([at, Object.values(after).sort()]);
      expect([at, wire.filter(({ operation }) => operation === "addItem").length]).toEqual([at, 20]);
      expect(await docs.up(fresh.afresh())).toBe("same");
      await fresh.emulator.close();
    }
  });

  it("splits a chunk again that the API finds too long, and knows its parts the next time", async () => {
    const docs = new Deployed(collectionId, { maxTokens: 512 }).write({
      "a.md": `# Long\n\n${"Some words that go on. ".repeat(40)}`,
    });
    api.emulator.faults.add({
      operation: "addItem",
      status: 422,
      body: JSON.stringify({ message: "Maximum sequence length exceeded" }),
      nth: [1, 2],
    });
    await docs.up(api);
    const chunks = (await held(api, collectionId, docs.owner))["a.md"] ?? [];
    expect(chunks).toHaveLength(3);
    expect(await docs.up(api)).toBe("same");
    api.calls();
    docs.write({ "a.md": `# Long\n\n${"Some words that go on. ".repeat(40)}\n\n# More\n\nShort.` });
    await docs.up(api);
    expect(counted(api)).toMatchObject({ addItem: 1 });
    expect(counted(api)).toEqual({});
    const lost = new Deployed(collectionId, { maxTokens: 512 }, docs.owner, nothingPrepared()).write({
      "a.md": `# Long\n\n${"Some words that go on. ".repeat(40)}\n\n# More\n\nShort.`,
    });
    await lost.up(api.afresh());
    expect(counted(api)["addItem"]).toBeUndefined();
    expect((await held(api, collectionId, docs.owner))["a.md"]).toHaveLength(4);
  });

  it("learns from a refusal: chunks of that kind are split before they are sent, those of other kinds are not", async () => {
    const french = "Les articles retournés sont remboursés dès réception à l'entrepôt. ".repeat(12);
    const english = "Returned goods are paid back as soon as they have come to the store. ".repeat(12);
    const texts = Array.from({ length: 6 }, (_, index) => [`${index}.md`, `Numéro ${index}. ${french}`] as const);
    const docs = new Deployed(collectionId, { maxTokens: 512 }).write({
      ...Object.fromEntries(texts),
      "z.md": english,
    });
    const sent: string[] = [];
    const { items } = api.client;
    const add: typeof items.add = (id, item, options) => {
      sent.push(item.content);
      const isLong = item.content.includes("é") && item.content.length > 700;
      return isLong
        ? withResponse(() =>
            Promise.reject(new ContentTooLongError("Too long.", { operation: "addItem", status: 422 })),
          )
        : items.add(id, item, options);
    };
    await docs.up({ ...api, concurrency: 1, client: { ...api.client, items: { ...items, add } } });
    expect(sent.filter((content) => content.length > 700)).toEqual([
      expect.stringContaining("Numéro 0."),
      english.trim(),
    ]);
    expect(api.reports.at(-1)).toMatch(
      /^The API refused 1 chunk of \.md documents as too long: it was split smaller, and 5 more before they were sent\. maxTokens: \d+ would split all documents so\.$/u,
    );
    expect(await docs.up(api.afresh())).toBe("same");
  });

  it("writes nothing where a document changed after it was checked", async () => {
    const docs = new Deployed(collectionId).write({ "a.md": "One." });
    const inputs = await check({}, { collectionId, source: docs.folder, owner: docs.owner }, api);
    writeFileSync(join(docs.folder, "a.md"), "Two.");
    expect(await failure(lifecycle.create(api, inputs.inputs as never))).toBe(
      'source: "a.md" changed since it was checked. Nothing was changed; run "pulumi up" again.',
    );
    rmSync(docs.folder, { recursive: true });
    expect(await failure(lifecycle.create(api, inputs.inputs as never))).toContain("does not exist");
    expect(api.calls()).toEqual([]);
  });

  it("ends with one item a chunk where two run at once", async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.md`, `Text ${index}.`]));
    const one = new Deployed(collectionId).write(files);
    const other = new Deployed(collectionId, {}, one.owner).write(files);
    await Promise.all([one.up(api), other.up(api.afresh())]);
    expect(await api.client.items.list(collectionId)).toHaveLength(30);
  });

  it("leaves alone what other documents, items and people put there", async () => {
    const one = new Deployed(collectionId).write({ "a.md": "One." });
    const other = new Deployed(collectionId).write({ "a.md": "One.", "b.md": "Two." });
    await one.up(api);
    await other.up(api);
    await api.client.items.add(collectionId, { content: "By hand." });
    one.write({ "c.md": "Three.", "d.md": "Four." });
    await one.up(api, { maxDeletePercent: 100 });
    await one.managed.destroy(api);
    expect(await held(api, collectionId, other.owner)).toEqual({ "a.md": ["One."], "b.md": ["Two."] });
    expect(await api.client.items.list(collectionId)).toHaveLength(3);
  });
});

describe("A refresh of documents", () => {
  it("costs one list and finds nothing where nothing changed", async () => {
    const docs = new Deployed(collectionId).write({ "guide.md": GUIDE, "bread.txt": BREAD });
    await docs.up(api);
    api.calls();
    await docs.managed.refresh(api.afresh());
    expect(counted(api)).toEqual({ listItems: 1 });
    expect(docs.managed.outputs["drift"]).toBeUndefined();
  });

  it("says per document what is missing, extra and with changed metadata, and the next deployment fixes exactly that", async () => {
    const docs = new Deployed(collectionId).write({
      "guide.md": GUIDE,
      "bread.txt": BREAD,
      "cats.md": "Cats are fed at noon.",
    });
    await docs.up(api);
    const items = await api.client.items.list(collectionId);
    const find = (part: string): { id: string; description: string } =>
      items.find(({ description }) => description.includes(part)) ?? { id: "", description: "" };
    await api.client.items.delete(collectionId, find("Linux").id);
    await api.client.items.update(collectionId, find("cats.md").id, { description: "Somebody's cats" });
    await api.client.items.add(collectionId, { content: BREAD, description: find("bread.txt").description });
    api.calls();
    await docs.managed.refresh(api.afresh());
    expect(counted(api)).toEqual({ listItems: 1, getItem: 2 });
    expect(docs.managed.outputs["drift"]).toEqual({
      "bread.txt": { extra: 1 },
      "cats.md": { metadata: 1 },
      "guide.md": { missing: 1, sections: ["Linux"] },
    });
    expect(await docs.up(api.afresh())).toBe("update");
    expect(counted(api)).toMatchObject({ addItem: 1, updateItem: 1, deleteItem: 1 });
    expect(docs.managed.outputs["drift"]).toBeUndefined();
    await docs.managed.refresh(api.afresh());
    expect(docs.managed.outputs["drift"]).toBeUndefined();
    expect(await docs.up(api)).toBe("same");
    expect(await held(api, collectionId, docs.owner)).toMatchObject({
      "bread.txt": [BREAD],
      "cats.md": ["Cats are fed at noon."],
    });
  });

  it("says that they are gone only where the collection is", async () => {
    const docs = new Deployed(collectionId).write({ "bread.txt": BREAD });
    await docs.up(api);
    api.emulator.faults.add({ operation: "listItems", status: 500 });
    expect(await failure(docs.managed.refresh(api.afresh()))).toContain("500");
    api.emulator.faults.clear();
    await api.client.collections.delete(collectionId);
    expect(await docs.managed.refresh(api.afresh())).toBe("not-found");
  });

  it("counts what nothing manages where that is wanted, and prunes it", async () => {
    const docs = new Deployed(collectionId, { unmanaged: "report" }).write({ "bread.txt": BREAD });
    await docs.up(api);
    await api.client.items.add(collectionId, { content: "By hand." });
    await docs.managed.refresh(api.afresh());
    expect(docs.managed.outputs).toMatchObject({ unmanagedItems: 1 });
    expect(await docs.up(api, { unmanaged: "prune" })).toBe("update");
    expect(await api.client.items.list(collectionId)).toHaveLength(1);
    expect(docs.managed.outputs).toMatchObject({ unmanagedItems: 0 });
  });

  it("prunes nothing where the collection holds files", async () => {
    const docs = new Deployed(collectionId, { unmanaged: "prune" }).write({ "bread.txt": BREAD });
    await api.client.items.add(collectionId, { content: "By hand." });
    await api.client.files.add(collectionId, { filename: "a.txt", source: Buffer.from("A file.") });
    await docs.up(api);
    expect(api.reports.at(-1)).toContain("not pruned");
    expect((await api.client.items.list(collectionId)).length).toBeGreaterThanOrEqual(2);
  });
});

describe("The inputs of documents", () => {
  const refused = async (docs: Deployed, declared = {}): Promise<string> => failure(docs.up(api, declared));

  it(
    "are refused with every document that cannot be read, or deployed without them where that is wanted, each " +
      "named in a warning",
    async () => {
      const docs = new Deployed(collectionId).write({
        "a.md": "Text.",
        "b.json": "{",
        "c.md": "---\na: [\n---\n",
        "d.csv": "a,b\n1\n",
        "e.png": "x",
        "f.png": "x",
      });
      const refusal = await failure(docs.up(api));
      for (const name of ["b.json", "c.md"]) expect(refusal).toContain(name);
      expect(await docs.up(api, { onUnreadable: "skip" })).toBe("create");
      expect(Object.keys(await held(api, collectionId, docs.owner)).sort()).toEqual(["a.md", "d.csv"]);
      const [, warning, notice] = api.reports;
      expect(warning).toMatch(
        /^2 documents are left out, since they cannot be read and onUnreadable is "skip"\n! b\.json {2}is not JSON.*\n! c\.md {2}has front matter.*\(line \d\).*\n1 document is read with warnings\n! d\.csv {2}has fewer values than columns in a row \(line 2\)/u,
      );
      expect(notice).toBe("2 files of the folder are not read: 2 .png (e.png)");
    },
  );

  it("are refused with the reasons where none of the documents can be read, wanted or not", async () => {
    const docs = new Deployed(collectionId).write({ "b.json": "{", "c.md": "---\na: [\n---\n" });
    const refusal = await refused(docs, { onUnreadable: "skip" });
    for (const name of ["b.json", "c.md"]) expect(refusal).toContain(name);
    expect(await docs.up(api, { onUnreadable: "skip", maxDeletePercent: 100 })).toBe("create");
    expect(await held(api, collectionId, docs.owner)).toEqual({});
  });

  it("are refused where more documents than allowed would be deleted, and where none is left", async () => {
    const docs = new Deployed(collectionId).write({ "a.md": "A.", "b.md": "B.", "c.md": "C." });
    await docs.up(api);
    docs.write({ "a.md": "A." });
    expect(await refused(docs)).toContain(
      'lacks 2 of 3 documents that are deployed (\\"b.md\\", \\"c.md\\"), and maxDeletePercent allows to delete 50 %',
    );
    expect(await refused(docs, { maxDeletePercent: 66 })).toContain("maxDeletePercent: 67");
    docs.write({ "a.md": "", "b.md": " \n", "c.md": "C." });
    expect(await refused(docs)).toContain(
      'lacks the text of 2 of 3 documents that are deployed (\\"a.md\\", \\"b.md\\"), and maxDeletePercent allows',
    );
    docs.write({});
    expect(await refused(docs)).toContain("has no documents that can be read");
    expect(await api.client.items.list(collectionId)).toHaveLength(3);
    await docs.up(api, { maxDeletePercent: 100 });
    expect(await api.client.items.list(collectionId)).toEqual([]);
  });

  it("are refused where more tokens than allowed would be embedded", async () => {
    const docs = new Deployed(collectionId, { tokenBudget: 30 }).write({ "a.md": "A few words." });
    await docs.up(api);
    docs.write({ "a.md": "A few words.", "b.md": "Many words. ".repeat(40) });
    expect(await refused(docs)).toMatch(/tokenBudget is 30, but about \d+ tokens are to be embedded/u);
    expect(
      await refused(new Deployed(collectionId, { tokenBudget: 30 }).write({ "b.md": "Many words. ".repeat(40) })),
    ).toContain("tokenBudget");
    expect(await api.client.items.list(collectionId)).toHaveLength(1);
  });

  it.each([
    [{ source: "nowhere" }, "does not exist"],
    [{ source: 7 }, "must be the path of a folder"],
    [
      { source: ["docs"] },
      "must be the path of a folder, { folder, include, exclude, followLinks }, or { texts: [{ name, text }] }, " +
        "but is a list",
    ],
    [
      { source: { txts: [] } },
      'is not a property of a source. Did you mean \\"texts\\"? It takes: folder, include, exclude, followLinks, texts.',
    ],
    [{ source: { folder: "docs", includes: ["*"] } }, 'Did you mean \\"include\\"?'],
    [{ maxTokens: 20 }, "must be a whole number from 64 to 512"],
    [{ overlapTokens: 200 }, "must be less than half of maxTokens, at most 191"],
    [{ unmanaged: "drop" }, 'must be one of \\"ignore\\", \\"report\\", \\"prune\\"'],
    [{ maxDeletePercents: 1 }, 'Did you mean \\"maxDeletePercent\\"?'],
  ])("are refused with what is wrong: %j", async (declared, expected) => {
    expect(await refused(new Deployed(collectionId).write({ "a.md": "A." }), declared)).toContain(expected);
    expect(api.calls()).toEqual([]);
  });
});

describe("An API that splits descriptions", () => {
  it("is told, and what it holds of a document is kept in the state, so that nothing is orphaned", async () => {
    const docs = new Deployed(collectionId).write({ "a.md": "One.", "b.md": "Two." });
    api.emulator.faults.add({ operation: "addItem", truncateDescriptions: 10 });
    expect(await failure(docs.up(api))).toContain(
      "the API kept 10 characters of its description, too few for the tag that it is found by",
    );
    api.emulator.faults.clear();
    await docs.up(api);
    expect(await held(api, collectionId, docs.owner)).toEqual({ "a.md": ["One."], "b.md": ["Two."] });
    expect(await api.client.items.list(collectionId)).toHaveLength(2);
  });
});

describe("Texts of the program", () => {
  const texts = (list: unknown): Properties => ({
    source: {
      texts: {
        "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
        hash: "0",
        text: JSON.stringify(list),
      },
    },
  });

  it("are documents like any others, and leave only a hash among the inputs that the state keeps", async () => {
    const docs = new Deployed(collectionId);
    const declared = texts([
      { name: "a.md", text: "# A\n\nOne." },
      { name: "b", text: "Two." },
    ]);
    await docs.up(api, declared);
    expect(await held(api, collectionId, docs.owner)).toEqual({ "a.md": ["# A\n\nOne."], b: ["Two."] });
    expect(await docs.up(api, declared)).toBe("same");
    const { inputs } = await check({}, { collectionId, owner: docs.owner, ...declared }, api);
    expect(inputs["source"]).toEqual({ texts: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    expect(JSON.stringify(inputs)).not.toContain("One.");
    await docs.up(
      api,
      texts([
        { name: "a.md", text: "# A\n\nThree." },
        { name: "b", text: "Two." },
      ]),
    );
    expect(await held(api, collectionId, docs.owner)).toEqual({ "a.md": ["# A\n\nThree."], b: ["Two."] });
  });

  it.each([
    [
      [
        { name: "a.md", text: "One." },
        { name: "a.md", text: "Two." },
      ],
      "source.texts[1].name",
      "give each text a name of its own",
    ],
    [[{ name: "a.md" }], "source.texts[0].text", "must be a text, but is missing"],
    [
      [{ name: "a.md", text: "One.", title: "A" }],
      "source.texts[0].title",
      "is not a property of a text. It takes: name, text.",
    ],
    ["One.", "source.texts", "must be a list of { name, text }, but is text"],
  ])("are refused by their place: %j", async (list, property, reason) => {
    const message = await failure(new Deployed(collectionId).up(api, texts(list)));
    expect(message).toContain(`"property":"${property}"`);
    expect(message).toContain(reason);
  });

  it("that are secret are named nowhere", async () => {
    const docs = new Deployed(collectionId, { confidential: true });
    const list = [
      { name: "hush.md", text: "# Hidden\n\nOne." },
      { name: "other.md", text: "Two." },
    ];
    await docs.up(api, texts(list));
    await api.client.items.delete(collectionId, (await api.client.items.list(collectionId))[0]?.id ?? "");
    await docs.managed.refresh(api.afresh());
    expect(docs.managed.outputs["drift"]).toEqual({ "document 1": { missing: 1 } });
    const message = await failure(docs.up(api, texts([])));
    const twin = await failure(docs.up(api, texts([...list, { name: "Hush.md", text: "Three." }])));
    for (const said of [message, twin, ...api.reports, ...api.statuses]) expect(said).not.toMatch(/hush|hidden/iu);
    expect(twin).toContain("has documents, which differ in their case alone");
  });
});
