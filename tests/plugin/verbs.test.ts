import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../local/emulator/index";
import { servePlugin, type PluginServer } from "../../plugin/service";
import { ownerOf } from "../../provider/ownership/tag";
import { asset, type Engine, folder, Kept, secret, startRun, UNKNOWN, urnOf } from "./rig";

let emulator: Emulator;
let server: PluginServer;
let engine: Engine;
beforeAll(async () => {
  process.env["PULUMI_HOME"] = folder();
  emulator = await startEmulator({ embeddings: "light" });
  server = await servePlugin();
});
afterAll(async () => {
  server.close();
  await emulator.close();
});
const run = () => startRun(server.port, emulator);
beforeEach(async () => void (engine = await run()));
afterEach(() => engine.close());

/** What the API holds of an item or file list. */
async function held<T>(path: string): Promise<T> {
  const response = await fetch(emulator.url + path, { headers: { authorization: `Bearer ${emulator.key}` } });
  return (await response.json()) as T;
}
const items = async (collectionId: string) =>
  (await held<{ items: { id: string; description: string }[] }>(`/vector_store/${collectionId}/items`)).items;

const send = (method: string, path: string, body?: object) =>
  fetch(emulator.url + path, {
    method,
    headers: { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });

let count = 0;
/** A collection of this test alone, which is there before the run begins. */
async function collection(): Promise<{ id: string }> {
  const made = await send("POST", "/vector_store", { name: `Collection ${++count}` });
  return ((await made.json()) as { collection: { id: string } }).collection;
}

describe("A Collection", () => {
  it("is made, compared, renamed, read, found gone, and deleted", async () => {
    const made = await engine.deploy("Collection", "faq", { name: "FAQ" });
    expect(made).toMatchObject({
      id: "faq",
      outputs: { name: "FAQ", collectionId: "faq", origin: new URL(emulator.url).origin },
    });
    const { inputs } = await engine.check("Collection", "faq", { name: "Questions" }, made.inputs);
    await expect(engine.diff("Collection", "faq", made, made.inputs)).resolves.toEqual({
      changes: false,
      replaces: [],
      details: {},
    });
    await expect(engine.diff("Collection", "faq", made, inputs)).resolves.toEqual({
      changes: true,
      replaces: [],
      details: { name: "UPDATE" },
    });
    await expect(engine.update("Collection", "faq", made, inputs, { preview: true })).resolves.toMatchObject({
      outputs: { name: "Questions", collectionId: "faq" },
    });
    const renamed = await engine.update("Collection", "faq", made, inputs);
    expect(renamed.outputs).toMatchObject({ name: "Questions" });
    await expect(held("/vector_store/faq")).resolves.toMatchObject({ collection: { name: "Questions" } });
    await expect(engine.read("Collection", "faq", "faq", renamed)).resolves.toMatchObject({
      id: "faq",
      inputs: renamed.inputs,
    });
    await engine.delete("Collection", "faq", renamed);
    await expect(engine.read("Collection", "faq", "faq", renamed)).resolves.toMatchObject({ id: "" });
  });

  it("in a preview has what is known, and what only the API can say is unknown", async () => {
    const { inputs } = await engine.check("Collection", "later", { name: "Later" });
    const { id, outputs } = await engine.create("Collection", "later", inputs, true);
    expect({ id, outputs }).toEqual({
      id: "",
      outputs: { name: "Later", collectionId: UNKNOWN, origin: UNKNOWN, created: UNKNOWN },
    });
    await expect(send("GET", "/vector_store/later")).resolves.toHaveProperty("status", 404);
  });

  it("with a secret name keeps the name secret wherever it stands", async () => {
    const made = await engine.deploy("Collection", "hidden", { name: secret("Hidden name") });
    expect(made.inputs).toMatchObject({ name: secret("Hidden name"), confidential: true, nameInApi: secret("") });
    expect(made.outputs).toMatchObject({ name: secret("Hidden name"), collectionId: "hiddenname" });
    const read = await engine.read("Collection", "hidden", made.id, made);
    expect(read.outputs["name"]).toEqual(secret("Hidden name"));
  });
});

describe("An Item", () => {
  it("bears the tag of the dynamic resource of the same name, so that a stack can go over without a change", async () => {
    const { id: collectionId } = await collection();
    const made = await engine.deploy("Item", "returns", {
      collectionId,
      content: "Within 30 days.",
      description: "Returns",
    });
    const owner = ownerOf("urn:pulumi:test::project::pulumi-nodejs:dynamic/vultr-inference:Item::returns");
    expect(made.outputs).toMatchObject({ collectionId, description: "Returns", owner });
    expect((await items(collectionId))[0]?.description).toContain(`[vi:i:${owner}:`);
    expect(made.inputs).not.toHaveProperty("resourceUrn");
  });

  it("is replaced where its content changes and updated where its description does, each shown by name", async () => {
    const { id: collectionId } = await collection();
    const made = await engine.deploy("Item", "returns", { collectionId, content: "Within 30 days." });
    const { inputs } = await engine.check(
      "Item",
      "returns",
      { collectionId, content: "Within 14 days.", description: "Returns" },
      made.inputs,
    );
    await expect(engine.diff("Item", "returns", made, inputs)).resolves.toEqual({
      changes: true,
      replaces: ["content"],
      details: { content: "UPDATE_REPLACE", description: "ADD" },
    });
  });

  it.each([
    ["content", { content: UNKNOWN }],
    ["description", { content: "Known.", description: UNKNOWN }],
    ["collectionId", { collectionId: UNKNOWN, content: "Known." }],
  ])("whose %s is not known yet passes, and asks for no replacement", async (_, unknown) => {
    const { id: collectionId } = await collection();
    const made = await engine.deploy("Item", "one", { collectionId, content: "Known." });
    const { inputs, reasons } = await engine.check("Item", "one", { collectionId, ...unknown }, made.inputs);
    expect(reasons).toEqual([]);
    await expect(engine.diff("Item", "one", made, inputs)).resolves.toMatchObject({ changes: true, replaces: [] });
  });

  it("of secret content keeps its hash secret, too, and its tag says so", async () => {
    const { id: collectionId } = await collection();
    const made = await engine.deploy("Item", "one", { collectionId, content: secret("The code is 1234.") });
    expect(made.inputs).toMatchObject({ content: secret("The code is 1234."), confidential: true });
    expect(made.inputs["contentHash"]).toEqual(secret(expect.any(String)));
    expect(made.outputs["contentHash"]).toEqual(secret(expect.any(String)));
    expect((await items(collectionId))[0]?.description).toMatch(/^\[vi:is:/u);
    const { inputs } = await engine.check(
      "Item",
      "one",
      { collectionId, content: secret("The code is 1234.") },
      made.inputs,
    );
    await expect(engine.diff("Item", "one", made, inputs)).resolves.toMatchObject({ changes: false });
  });

  it("says everything that is wrong at once, and repeats no value", async () => {
    const { reasons } = await engine.check("Item", "one", {
      collectionId: "",
      content: { odd: "value" },
      descripton: "odd value",
    });
    expect(reasons.join("\n")).toMatch(
      /descripton[^]*description[^]*collectionId must be the id[^]*content must be text/u,
    );
    expect(reasons.join("\n")).not.toContain("odd value");
  });

  it("that another stack manages is read by .get, and stays as it is over refreshes", async () => {
    const { id: collectionId } = await collection();
    const made = await engine.deploy("Item", "theirs", { collectionId, content: "Theirs.", description: "A title" });
    const reader = await run();
    const got = await reader.read("Item", "got", made.id);
    const next = await run();
    // The engine keeps no inputs of what was read.
    const refreshed = await next.read("Item", "got", made.id, { inputs: {}, outputs: got.outputs });
    expect(refreshed).toMatchObject({ inputs: {}, outputs: got.outputs });
    for (const each of [reader, next]) each.close();
  });

  it("made by hand is imported without a difference, and the next deployment puts the tag there", async () => {
    const { id: collectionId } = await collection();
    await send("POST", `/vector_store/${collectionId}/items`, { content: "Made by hand.", description: "A title" });
    await send("POST", `/vector_store/${collectionId}/items`, { content: "Without a title." });
    const [titled, untitled] = await items(collectionId);
    const read = await engine.read("Item", "hand", `${collectionId}/${titled?.id ?? ""}`);
    const contentHash = expect.any(String);
    expect(read.inputs).toEqual({ collectionId, content: "Made by hand.", contentHash, description: "A title" });
    await expect(engine.read("Item", "other", `${collectionId}/${untitled?.id ?? ""}`)).resolves.toHaveProperty(
      "inputs",
      { collectionId, content: "Without a title.", contentHash },
    );
    const { inputs } = await engine.check("Item", "hand", read.inputs);
    await expect(engine.diff("Item", "hand", read, inputs)).resolves.toMatchObject({ changes: false });

    const next = await run();
    const refreshed = await next.read("Item", "hand", read.id, read);
    expect(refreshed.inputs).toEqual(read.inputs);
    await expect(next.diff("Item", "hand", refreshed, read.inputs)).resolves.toMatchObject({ changes: false });
    await expect(next.diff("Item", "hand", read, inputs)).resolves.toMatchObject({
      changes: true,
      replaces: [],
      details: { owner: "ADD" },
    });
    const tagged = await next.update("Item", "hand", read, inputs);
    await expect(next.diff("Item", "hand", tagged, inputs)).resolves.toMatchObject({ changes: false });
    next.close();
    expect((await items(collectionId))[0]?.description).toMatch(/^\[vi:i:.*\] A title$/u);
  });

  it("that does not exist cannot be read, and one that went away is gone", async () => {
    const { id: collectionId } = await collection();
    await expect(engine.read("Item", "none", `${collectionId}/none`)).rejects.toThrow(/There is no item/u);
    const made = await engine.deploy("Item", "one", { collectionId, content: "Here." });
    await send("DELETE", `/vector_store/${collectionId}/items/${String(made.outputs["itemId"])}`);
    const next = await run();
    await expect(next.read("Item", "one", made.id, made)).resolves.toMatchObject({ id: "" });
    next.close();
  });
});

describe("A File", () => {
  it("is uploaded from a path or an asset, and is no other where only its path is", async () => {
    const path = join(folder(), "manual.md");
    writeFileSync(path, "# Manual\n\nHow to use it.");
    const { id: collectionId } = await collection();
    const made = await engine.deploy("File", "manual", { collectionId, source: path });
    expect(made.outputs).toMatchObject({ filename: "manual.md", status: "completed", items: 1 });
    const moved = asset({ path: `/elsewhere/manual.md`, hash: made.outputs["contentHash"] });
    await expect(engine.diff("File", "manual", made, { ...made.inputs, source: moved })).resolves.toMatchObject({
      changes: false,
    });
    await expect(engine.check("File", "manual", { collectionId, source: `${path}.gone` })).resolves.toMatchObject({
      reasons: [expect.stringMatching(/source does not exist/u)],
    });
  });

  it("is imported without its bytes, and nothing is wrong with that before the program names them", async () => {
    const path = join(folder(), "hand.md");
    writeFileSync(path, "# By hand");
    const { id: collectionId } = await collection();
    const { id } = await engine.deploy("File", "first", { collectionId, source: path });
    const read = await engine.read("File", "hand", id);
    expect(read.inputs).toEqual({ collectionId, filename: "hand.md" });
    await expect(engine.check("File", "hand", read.inputs, read.inputs)).resolves.toEqual({
      inputs: read.inputs,
      reasons: [],
    });
    const next = await run();
    await expect(next.check("File", "hand", read.inputs, read.inputs)).resolves.toMatchObject({
      reasons: [expect.stringMatching(/source is required/u)],
    });
    next.close();
  });

  it("whose ingestion fails is kept with the reason, and replaced by the next deployment", async () => {
    const { id: collectionId } = await collection();
    emulator.faults.add({ ingestion: "failed" });
    const path = join(folder(), "broken.pdf");
    writeFileSync(path, "not a PDF");
    const kept = (await engine
      .deploy("File", "broken", { collectionId, source: path })
      .catch((error: unknown) => error)) as Kept;
    expect(kept).toBeInstanceOf(Kept);
    expect(kept.reasons).toEqual([kept.message]);
    expect(kept.outputs).toMatchObject({ status: "failed", filename: "broken.pdf" });
    const { inputs } = await engine.check("File", "broken", { collectionId, source: path });
    await expect(
      engine.diff("File", "broken", { id: kept.id, inputs, outputs: kept.outputs }, inputs),
    ).resolves.toMatchObject({ changes: true, replaces: ["status"] });
  });
});

describe("Documents", () => {
  it("are split, uploaded, compared document by document, and refuse to be imported", async () => {
    const docs = folder();
    mkdirSync(docs, { recursive: true });
    writeFileSync(join(docs, "delivery.md"), "# Delivery\n\nIn three days.");
    const { id: collectionId } = await collection();
    const made = await engine.deploy("Documents", "docs", { collectionId, source: docs });
    expect(made.outputs).toMatchObject({ documentCount: 1 });
    writeFileSync(join(docs, "returns.md"), "# Returns\n\nWithin 30 days.");
    const { inputs } = await engine.check("Documents", "docs", { collectionId, source: docs }, made.inputs);
    await expect(engine.diff("Documents", "docs", made, inputs)).resolves.toEqual({
      changes: true,
      replaces: [],
      details: { 'documents["returns.md"]': "ADD" },
    });
    await expect(engine.diff("Documents", "docs", made, inputs, ["source"])).resolves.toMatchObject({ changes: false });
    // The state has the inputs of the last check from then on, though they were not deployed.
    const ignored = { ...made, inputs };
    await expect(engine.diff("Documents", "docs", ignored, inputs, ["source"])).resolves.toMatchObject({
      changes: false,
    });
    await expect(
      engine.diff("Documents", "docs", ignored, { ...inputs, verify: "all" }, ["source"]),
    ).resolves.toMatchObject({ changes: true, details: { verify: "UPDATE" } });
    const changed = await engine.update("Documents", "docs", made, inputs);
    expect(changed.outputs["revision"]).not.toBe(made.outputs["revision"]);
    await expect(engine.read("Documents", "docs", made.id)).rejects.toThrow(/adopt/u);
  });

  it("of a program stay as they are where the engine gives the source of the state again, for ignoreChanges", async () => {
    const { id: collectionId } = await collection();
    const source = { texts: [{ name: "a.md", text: "As deployed." }] };
    const made = await engine.deploy("Documents", "ignored", { collectionId, source });
    const ignored = { collectionId, source: made.inputs["source"] };
    const { inputs, reasons } = await engine.check("Documents", "ignored", ignored, made.inputs);
    expect(reasons).toEqual([]);
    const next = await run();
    await expect(next.diff("Documents", "ignored", made, inputs, ["source"])).resolves.toMatchObject({
      changes: false,
    });
    next.close();
    const other = { collectionId, source: { texts: "no list" } };
    await expect(engine.check("Documents", "ignored", other, made.inputs)).resolves.toMatchObject({
      reasons: [expect.stringMatching(/source\.texts must be a list/u)],
    });
  });

  it("that were never uploaded are not taken for deployed by ignoreChanges", async () => {
    const { id: collectionId } = await collection();
    const texts = Array.from({ length: 30 }, (_, at) => ({ name: `${at}.md`, text: `Text ${at}.` }));
    const { inputs } = await engine.check("Documents", "half", { collectionId, source: { texts } });
    emulator.faults.add({ operation: "addItem", status: 401, nth: Array.from({ length: 30 }, (_, at) => at + 4) });
    const half = (await engine.create("Documents", "half", inputs).catch((error: unknown) => error)) as Kept;
    emulator.faults.clear();
    expect(half.outputs).toMatchObject({ documentCount: 30, chunkCount: 3 });
    const made = { id: half.id, inputs, outputs: half.outputs };
    await expect(engine.diff("Documents", "half", made, inputs, ["source"])).resolves.toMatchObject({ changes: true });
    await expect(engine.update("Documents", "half", made, inputs, { ignoreChanges: ["source"] })).rejects.toThrow(
      /never uploaded whole.*take source out of it/u,
    );
    await expect(engine.update("Documents", "half", made, inputs)).resolves.toMatchObject({
      outputs: { chunkCount: 30 },
    });
  });

  it("keep the texts of a program out of the state", async () => {
    const { id: collectionId } = await collection();
    const made = await engine.deploy("Documents", "texts", {
      collectionId,
      source: { texts: [{ name: "a.md", text: "A text of the program." }] },
    });
    expect(JSON.stringify([made.inputs, made.outputs])).not.toContain("A text of the program");
    expect((await items(collectionId)).length).toBe(1);
    await expect(
      engine.check("Documents", "texts", { collectionId, source: { texts: [{ name: "a.md", text: UNKNOWN }] } }),
    ).resolves.toMatchObject({
      inputs: { source: UNKNOWN, documents: UNKNOWN },
    });
  });
});

describe("A RetrievalTest", () => {
  it("that does not pass is kept with the reason", async () => {
    const { id: collectionId } = await collection();
    const cases = [{ query: "Where?", expect: { document: "Nowhere" } }];
    await expect(
      engine.deploy("RetrievalTest", "test", { collectionId, cases, deadlineSeconds: 0 }),
    ).rejects.toMatchObject({ outputs: { passed: false, recall: 0 } });
    await expect(engine.read("RetrievalTest", "test", "retrieval-test-1")).rejects.toThrow(/cannot be imported/u);
  });
});

test("a knowledge base is not imported as a whole", async () => {
  await expect(engine.read("KnowledgeBase", "kb", "kb")).rejects.toThrow(
    /KnowledgeBase cannot be imported: .* Import its collection, items and files/u,
  );
});

test("another type than those of the package is refused with those that there are", async () => {
  await expect(engine.check("Itm", "one", {})).rejects.toThrow(
    /no resource type vultr-inference:index:Itm .* vultr-inference:index:Item/u,
  );
  expect(urnOf("Item", "x")).toContain("vultr-inference:index:Item");
});
