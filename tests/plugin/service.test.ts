import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../local/emulator/index";
import { servePlugin, type PluginServer } from "../../plugin/service";
import { ROOT } from "../support/project-copy";
import { asset, Engine, folder, Kept, secret, startMonitor, UNKNOWN, type Values } from "./rig";

let emulator: Emulator;
let server: PluginServer;
let engine: Engine;
const open: Engine[] = [];
beforeAll(async () => {
  process.env["PULUMI_HOME"] = folder();
  emulator = await startEmulator({ embeddings: "light" });
  server = await servePlugin();
});
afterAll(async () => {
  server.close();
  await emulator.close();
});
function connect(): Engine {
  const engineOf = new Engine(server.port);
  open.push(engineOf);
  return engineOf;
}
beforeEach(async () => {
  engine = connect();
  await engine.configure({ apiKey: secret(emulator.key), baseUrl: emulator.url });
});
afterEach(() => {
  emulator.faults.clear();
  for (const one of open.splice(0)) one.close();
});

describe("The schema", () => {
  it("has the package's version, and is asked for without parameters", async () => {
    const { version, resources, functions } = await engine.schema();
    expect(version).toMatch(/^\d+\.\d+\.\d+/u);
    expect(Object.keys(resources)).toContain("vultr-inference:index:Item");
    expect(Object.keys(functions)).toContain("vultr-inference:index:search");
    await expect(engine.schema(1)).rejects.toThrow(/only 0/u);
    await expect(engine.schema(0, "sub")).rejects.toThrow(/takes no parameters/u);
  });
});

describe("Configuration", () => {
  it("keeps the key secret, and numbers may be texts", async () => {
    const checked = await engine.checkConfig({ apiKey: "plain-key", concurrency: "4", version: "0.1.0" });
    expect(checked).toEqual({
      inputs: { apiKey: secret("plain-key"), concurrency: "4", version: "0.1.0" },
      reasons: [],
    });
  });

  it.each([
    [{ apiKey: "k", concurency: "4" }, "default", /does not exist: concurency; it takes apiKey, .*concurrency/u],
    [{ apiKey: "k", concurrency: "many" }, "partner", /concurrency of Provider "partner" must be a whole number/u],
    [{ baseUrl: "http://localhost" }, "partner", /Provider "partner" has no apiKey/u],
  ])("%j of provider %s is wrong", async (args, name, message) => {
    const { reasons } = await engine.checkConfig(args, name);
    expect(reasons).toEqual([expect.stringMatching(message)]);
    expect(reasons.join()).not.toContain("many");
  });

  it("may be missing or not known yet in a preview", async () => {
    await expect(engine.checkConfig({})).resolves.toHaveProperty("reasons", []);
    await expect(engine.checkConfig({ apiKey: UNKNOWN }, "partner")).resolves.toHaveProperty("reasons", []);
  });

  it("changes in place", async () => {
    await expect(
      engine.diffConfig({ apiKey: "a", version: "0.1.0" }, { apiKey: secret("b"), version: "0.2.0" }),
    ).resolves.toEqual({ changes: true, replaces: [], diffs: ["apiKey"] });
    await expect(engine.diffConfig({ apiKey: "a" }, { apiKey: "a" })).resolves.toMatchObject({ changes: false });
  });

  it("is each connection's own: one process serves two accounts at once", async () => {
    const other = await startEmulator({ embeddings: "light" });
    try {
      const partner = connect();
      await partner.configure({ apiKey: secret(other.key), baseUrl: other.url }, "partner");
      await Promise.all([
        engine.deploy("Collection", "ours", { name: "Ours" }),
        partner.deploy("Collection", "theirs", { name: "Theirs" }),
      ]);
      await expect(engine.invoke("listCollections", {})).resolves.toMatchObject({ collections: [{ id: "ours" }] });
      await expect(partner.invoke("listCollections", {})).resolves.toMatchObject({ collections: [{ id: "theirs" }] });
    } finally {
      await other.close();
    }
  });

  it("of an explicit provider never takes the key of the environment", async () => {
    const bare = connect();
    await bare.configure({ baseUrl: emulator.url }, "partner");
    await expect(bare.invoke("listCollections", {})).rejects.toThrow(/Provider "partner" has no apiKey/u);
  });
});

describe("Functions", () => {
  const chat = { model: "llama-3.3-70b-instruct-fp8", messages: [{ role: "user", content: "Hello" }] };

  it("answer, and keep an answer secret where an argument is", async () => {
    await expect(engine.invoke("listModels", { kind: "chat" })).resolves.toHaveProperty("models");
    const { content } = await engine.invoke("chatCompletion", chat);
    expect(content).toEqual(expect.any(String));
    const hidden = await engine.invoke("chatCompletion", { ...chat, messages: secret(chat.messages) });
    expect(hidden["content"]).toEqual(secret(expect.any(String)));
    const logs = await engine.invoke("requestLogs", { period: 15 });
    expect(logs["requests"]).toEqual(secret(expect.any(Array)));
  });

  it("ask for what there is, each of them", async () => {
    const { id: collectionId } = await engine.deploy("Collection", "asked", { name: "Asked" });
    const { id } = await engine.deploy("Item", "hours", {
      collectionId,
      content: "We open at nine.",
      description: "Hours",
    });
    const source = asset({ text: "Bread costs three.", hash: "h" });
    const file = await engine.deploy("File", "prices", { collectionId, source, filename: "prices.md" });
    const { itemId, fileId } = { itemId: id.split("/")[1], fileId: file.outputs["fileId"] };
    const messages = [{ role: "user", content: "When?" }];
    const asked: readonly [string, Values, object][] = [
      ["findCollectionByName", { name: "Asked" }, { id: collectionId }],
      ["getCollection", { collectionId }, { name: "Asked" }],
      ["listCollections", {}, { collections: expect.arrayContaining([expect.objectContaining({ id: collectionId })]) }],
      ["getItem", { collectionId, itemId }, { content: "We open at nine.", description: "Hours" }],
      ["listItems", { collectionId }, { items: expect.arrayContaining([expect.objectContaining({ id: itemId })]) }],
      ["getFile", { collectionId, fileId }, { filename: "prices.md", status: "completed" }],
      ["listFiles", { collectionId }, { files: [expect.objectContaining({ id: fileId })] }],
      ["search", { collectionId, input: "When do we open?" }, { results: [{ content: "We open at nine." }, {}] }],
      ["ragCompletion", { collectionId, model: chat.model, messages }, { content: expect.any(String) }],
      ["findModel", { output: "text" }, { id: expect.any(String) }],
      ["listVoices", { model: "bark-small" }, { voices: expect.arrayContaining(["awb"]) }],
      [
        "speech",
        { model: "bark-small", voice: "awb", input: "Hello" },
        { mediaType: expect.stringMatching(/^audio/u) },
      ],
      ["rerank", { query: "bread", documents: ["cake", "bread"] }, { results: [{ index: 1 }, { index: 0 }] }],
      ["usage", {}, { currentMonth: expect.anything() }],
    ];
    for (const [name, args, answer] of asked) await expect(engine.invoke(name, args)).resolves.toMatchObject(answer);
    const { functions } = await engine.schema();
    const ofResources = Object.keys(functions).filter((token) => token.includes("/"));
    const here = [...asked.map(([name]) => name), "listModels", "chatCompletion", "requestLogs"];
    expect(Object.keys(functions).sort()).toEqual(
      [...here.map((name) => `vultr-inference:index:${name}`), ...ofResources].sort(),
    );
  });

  it("that cost money answer a placeholder in previews, unless they are told to run", async () => {
    emulator.journal.clear();
    await expect(engine.invoke("chatCompletion", chat, true)).resolves.toMatchObject({
      content: "(not asked in a preview)",
      finishReason: "preview",
    });
    await expect(
      engine.invoke("speech", { model: "bark-small", voice: "amy", input: "Hello" }, true),
    ).resolves.toMatchObject({ audio: "" });
    expect(emulator.journal).toHaveLength(0);
    await expect(engine.invoke("chatCompletion", { ...chat, runInPreview: true }, true)).resolves.not.toHaveProperty(
      "finishReason",
      "preview",
    );
    await expect(engine.invoke("chatCompletion", { model: "" }, true)).rejects.toThrow(
      /chatCompletion: model must be/u,
    );
  });

  it("refuse what they do not know, by name", async () => {
    await expect(engine.invoke("serch", {})).rejects.toThrow(
      /no function vultr-inference:index:serch .*vultr-inference:index:search/u,
    );
    await expect(engine.invoke("search", { collectionId: "x", text: "y" })).rejects.toThrow(
      /search: .*text is not an argument/u,
    );
    await expect(engine.invoke("search", { collectionId: UNKNOWN, input: "y" })).rejects.toThrow(/not known yet/u);
  });
});

describe("The methods of a knowledge base", () => {
  let known: Values = {};
  let monitor: Awaited<ReturnType<typeof startMonitor>>;
  beforeAll(async () => {
    monitor = await startMonitor(() => known);
  });
  afterAll(() => monitor.stop());
  beforeEach(async () => {
    await engine.attach(monitor.address);
  });

  it("take what the functions take, and search takes the best and scores them", async () => {
    const { id: collectionId } = await engine.deploy("Collection", "kb", { name: "Methods" });
    const texts = [1, 2, 3].map((number) => ({ name: `${number}.md`, text: `# Rule ${number}\n\nIn ${number} days.` }));
    await engine.deploy("Documents", "docs", { collectionId, source: { texts } });
    known = { collectionId, revision: "1" };
    const { results } = (await engine.method("search", { input: "rule", limit: 2, rerank: true }, monitor.address)) as {
      results: object[];
    };
    expect(results).toHaveLength(2);
    expect(results[0]).toMatchObject({ score: expect.any(Number), document: expect.stringMatching(/^\d[.]md$/u) });
    await expect(engine.method("search", { input: "rule", limit: 0 }, monitor.address)).rejects.toThrow(
      /search: limit must be/u,
    );
    await expect(engine.method("search", { input: "rule", topK: 1 }, monitor.address)).rejects.toThrow(
      /topK is not an argument/u,
    );
  });

  it("are unknown in a preview while the content is about to change, and ask while it stays", async () => {
    known = { collectionId: "methods", revision: UNKNOWN };
    await expect(engine.method("search", { input: "rule" }, monitor.address, true)).resolves.toEqual({
      results: UNKNOWN,
    });
    known = { collectionId: "methods", revision: "1" };
    await expect(engine.method("search", { input: "rule", limit: 1 }, monitor.address, true)).resolves.toEqual({
      results: [expect.anything()],
    });
    await expect(engine.method("ask", { question: "Rule?", model: "m" }, monitor.address, true)).resolves.toEqual({
      content: UNKNOWN,
    });
  });
});

test("Cancel ends what is under way, and keeps what was done", async () => {
  const { id: collectionId } = await engine.deploy("Collection", "long", { name: "Long" });
  const docs = folder();
  for (let number = 0; number < 60; number++)
    writeFileSync(join(docs, `${number}.md`), `# Document ${number}\n\nText ${number}.`);
  emulator.faults.add({ operation: "addItem", delayMs: 200 });
  const deploying = engine.deploy("Documents", "docs", { collectionId, source: docs });
  deploying.catch(() => undefined);
  // More than are under way at once, so that some are done.
  while (emulator.journal.filter(({ operation }) => operation === "addItem").length <= 32)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await engine.cancel();
  const kept = (await deploying.catch((error: unknown) => error)) as Kept;
  expect(kept).toBeInstanceOf(Kept);
  const { length } = emulator.journal.filter(({ operation }) => operation === "addItem");
  expect(length).toBeLessThan(60);
});

test("the process prints its port alone, and ends within seconds where its engine is gone", async () => {
  const listening = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(listening, "listening");
  const child = spawn(
    process.execPath,
    [join(ROOT, "plugin/index.js"), `127.0.0.1:${(listening.address() as AddressInfo).port}`],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  expect(port.toString()).toMatch(/^\d+\n$/u);
  listening.close();
  const [code] = (await once(child, "exit")) as [number];
  expect(code).toBe(1);
});
