import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { browse, type Browsing } from "../../../cli/browse/server.js";
import { testsOf } from "../../../cli/browse/tests.js";
import { startEmulator, type Emulator } from "../../../local/emulator/index.js";
import { createClient } from "../../../provider/client/index.js";
import { ownerOf } from "../../../provider/ownership/tag.js";
import { onEachEngine } from "../../support/engines.js";
import { ROOT } from "../../support/project-copy.js";
import { chunkDescription } from "../../support/tags.js";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ embeddings: "light" });
  const client = createClient({ apiKey: emulator.key, baseUrl: emulator.url });
  await client.collections.create({ name: "Handbook" });
  for (const [title, content] of [
    ["returns.md › Returns", "Send anything back within thirty days."],
    ["returns.md › Costs", "We pay for the parcel."],
  ] as const)
    await client.items.add("handbook", {
      content,
      description: chunkDescription(ownerOf("urn"), "returns.md", content, title),
    });
  await client.items.add("handbook", { content: "Made by hand." });
});
afterAll(() => emulator.close());
beforeEach(() => emulator.journal.clear());

const TYPE = "pulumi-nodejs:dynamic/vultr-inference:RetrievalTest";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"hushed"' };
const passing = { collectionId: "handbook", passed: true, recall: 1, minRecall: 1, mrr: 1 };

/** Retrieval tests as a state holds them: a failing question, secret cases, secret results. */
const STATE = [
  {
    urn: `urn:pulumi:prod::kb::${TYPE}::answers`,
    type: TYPE,
    modified: "2026-05-01T10:00:00Z",
    inputs: {
      cases: [
        { query: "Who pays?", expect: { document: "returns.md", section: "Costs" }, topK: 1 },
        { query: "How long?", expect: [{ text: "thirty days" }] },
      ],
    },
    outputs: {
      ...{ collectionId: "handbook", passed: false, recall: 0.5, minRecall: 1, mrr: 0.25 },
      results: [
        { query: "Who pays?", passed: false, recall: 0, rank: 4, instead: ["gifts.md"] },
        { query: "How long?", passed: true, recall: 1, rank: 1 },
      ],
    },
  },
  {
    urn: "urn:pulumi:prod::kb::vultr-inference:index:RetrievalTest::private",
    type: "vultr-inference:index:RetrievalTest",
    inputs: { cases: SECRET },
    outputs: { ...passing, results: [{ query: "cases[0]", passed: true, recall: 1, rank: 1 }] },
  },
  {
    urn: `urn:pulumi:prod::kb::${TYPE}::hidden`,
    type: TYPE,
    inputs: { cases: [] },
    outputs: { ...passing, results: SECRET },
  },
];

/** A deployment with these resources in a stack. */
function deploymentOf(resources: readonly object[]): object {
  const urn = "urn:pulumi:prod::kb::pulumi:pulumi:Stack::kb-prod";
  return {
    manifest: { time: "2026-05-01T10:00:00Z", magic: "", version: "" },
    resources: [
      { urn, type: "pulumi:pulumi:Stack", custom: false },
      ...resources.map((resource) => ({ ...resource, id: "held", custom: true, parent: urn })),
    ],
  };
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, never>;
}

/** Sends a request as a browser, or somebody else, would. */
async function ask(page: string, method: string, path: string, more: Record<string, string> = {}, body?: object) {
  const { port, hash } = new URL(page);
  const headers = {
    authorization: `Bearer ${hash.slice("#key=".length)}`,
    ...(body && { "content-type": "application/json" }),
    ...more,
  };
  return new Promise<Reply>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.once("end", () => {
        const isJson = response.headers["content-type"] === "application/json";
        resolve({
          status: response.statusCode ?? 0,
          text: JSON.stringify(response.headers) + text,
          json: (isJson ? JSON.parse(text) : {}) as Reply["json"],
        });
      });
    });
    sent.once("error", reject);
    sent.end(body && JSON.stringify(body));
  });
}

describe("The page of an account", () => {
  let browsing: Browsing;
  let tested: Browsing;
  beforeAll(async () => {
    const client = createClient({ apiKey: emulator.key, baseUrl: emulator.url, maxRetries: 0 });
    browsing = await browse(client, "api.example", 0);
    tested = await browse(client, "api.example", 0, () => Promise.resolve(testsOf(STATE)));
  });
  afterAll(() => Promise.all([browsing.close(), tested.close()]));
  const get = (path: string, headers?: Record<string, string>) => ask(browsing.page, "GET", path, headers);

  it("shows collections, documents and chunks, and finds, by reading alone and without the key", async () => {
    const replies = [
      await get("/"),
      await get("/_emulator/view"),
      await get("/_emulator/documents?collection=handbook"),
      await get("/_emulator/chunks?collection=handbook&name=returns.md&kind=&owner="),
      await ask(
        browsing.page,
        "POST",
        "/_emulator/search",
        {},
        { collection: "handbook", input: "Who pays a parcel?" },
      ),
    ];
    const [, view, documents, chunks, search] = replies.map(({ json }) => json);
    expect(view).toMatchObject({ host: "api.example", collections: [{ id: "handbook", name: "Handbook" }] });
    expect(documents).toEqual({
      documents: [
        { name: "returns.md", kind: "Documents", owner: ownerOf("urn"), chunks: 2 },
        { name: "Made by hand.", kind: "nobody", owner: "", chunks: 1 },
      ],
    });
    expect(chunks).toMatchObject({
      of: 2,
      chunks: [{ content: "Send anything back within thirty days." }, { title: "returns.md › Costs" }],
    });
    expect(search).toMatchObject({
      results: expect.arrayContaining([
        expect.objectContaining({
          document: "returns.md",
          content: "We pay for the parcel.",
          marks: [
            [3, 6],
            [15, 21],
          ],
        }),
      ]),
    });
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
    expect(replies.filter(({ text }) => text.includes(emulator.key))).toEqual([]);
    expect(new Set(emulator.journal.map(({ operation }) => operation))).toEqual(
      new Set(["listCollections", "listItems", "getItem", "searchCollection"]),
    );
  });

  it("shows the retrieval tests of its stack as they ran last, and no secret of them", async () => {
    const { tests } = (await ask(tested.page, "GET", "/_emulator/tests")).json;
    expect(tests).toEqual([
      {
        ...{ name: "answers", collection: "handbook", passed: false, recall: 0.5, minRecall: 1, mrr: 0.25 },
        ...{ isSecret: false, ranAt: "2026-05-01T10:00:00Z" },
        cases: [
          {
            query: "Who pays?",
            expected: ["returns.md › Costs"],
            topK: 1,
            passed: false,
            rank: 4,
            instead: ["gifts.md"],
          },
          { query: "How long?", expected: ['"thirty days"'], topK: 3, passed: true, rank: 1, instead: [] },
        ],
      },
      {
        ...{ name: "private", collection: "handbook", passed: true, recall: 1, minRecall: 1, mrr: 1 },
        ...{ isSecret: true },
        cases: [{ query: "cases[0]", expected: [], passed: true, rank: 1, instead: [] }],
      },
    ]);
    expect((await get("/_emulator/tests")).json).toEqual({ tests: null });
  });

  it.each([
    ["POST", "/_emulator/answer"],
    ["POST", "/v1/vector_store"],
    ["DELETE", "/v1/vector_store/handbook"],
    ["PATCH", "/_emulator/documents?collection=handbook"],
    ["PUT", "/"],
  ])("refuses %s %s in one sentence, and asks nothing", async (method, path) => {
    const { status, json } = await ask(browsing.page, method, path);
    expect([status, json]).toEqual([405, { message: expect.stringContaining("only looked at") }]);
    expect(emulator.journal).toHaveLength(0);
  });

  it("answers nobody without its token, and no page of elsewhere", async () => {
    for (const [headers, status] of [
      [{ authorization: "" }, 401],
      [{ authorization: `Bearer ${emulator.key}` }, 401],
      [{ origin: "https://elsewhere.example" }, 403],
      [{ host: "elsewhere.example" }, 403],
      [{ "sec-fetch-site": "cross-site" }, 403],
    ] as const)
      expect([headers, (await get("/_emulator/view", headers)).status]).toEqual([headers, status]);
    expect((await get("/v1/vector_store")).status).toBe(404);
    expect(emulator.journal).toHaveLength(0);
  });

  it("tells what the API refuses, without the key", async () => {
    const unknown = await get("/_emulator/documents?collection=missing");
    expect([unknown.status, unknown.json["message"]]).toEqual([404, expect.stringContaining('"missing"')]);
    const empty = await ask(browsing.page, "POST", "/_emulator/search", {}, { collection: "handbook", input: "" });
    expect(empty.status).toBe(422);
    emulator.faults.add({ operation: "listItems", status: 500, times: 1 });
    const other = await browse(
      createClient({ apiKey: emulator.key, baseUrl: emulator.url, maxRetries: 0 }),
      "api.example",
      0,
    );
    const failed = await ask(other.page, "GET", "/_emulator/documents?collection=handbook");
    await other.close();
    expect([failed.status, failed.text.includes(emulator.key)]).toEqual([502, false]);
  });
});

onEachEngine("The command browse", (engine) => {
  const folder = mkdtempSync(join(tmpdir(), "browse-"));
  let child: ChildProcess | undefined;
  afterAll(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  it("shows the account of a stack whose key is a secret of its configuration, until it is stopped", async () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: kb\nruntime: nodejs\n");
    const envVars = {
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: "open",
    };
    const stack = await LocalWorkspace.createStack(
      { stackName: "prod", workDir: folder },
      { pulumiCommand: await engine.command(), envVars },
    );
    await stack.setAllConfig({
      "vultr-inference:apiKey": { value: emulator.key, secret: true },
      "vultr-inference:baseUrl": { value: emulator.url },
    });
    // The local engine imports no states; its stack is one without tests.
    const held = engine.name === "Pulumi CLI" ? STATE.slice(0, 1) : [];
    if (held.length > 0) await stack.importStack({ version: 3, deployment: deploymentOf(held) });
    const started = spawn(
      process.execPath,
      [join(ROOT, "dist/cli/main.js"), "browse", "--stack", "prod", "--cwd", folder],
      { env: { ...process.env, ...envVars, PATH: engine.path() }, stdio: ["ignore", "pipe", "pipe"] },
    );
    child = started;
    let stderr = "";
    started.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const [line] = (await once(createInterface(started.stdout), "line")) as [string];
    expect(line).toMatch(/^The account at 127\.0\.0\.1:\d+, with the key from stack config/u);
    expect(line).not.toContain(emulator.key);
    const [page = ""] = /http:\S+$/u.exec(line) ?? [];
    expect((await ask(page, "GET", "/_emulator/view")).json["collections"]).toHaveLength(1);
    const { tests } = (await ask(page, "GET", "/_emulator/tests")).json as { tests?: { name: string }[] };
    expect(tests?.map(({ name }) => name)).toEqual(held.map(() => "answers"));
    started.kill("SIGTERM");
    expect(await once(started, "close")).toEqual([0, null]);
    expect(stderr).toBe("");
  });
});
