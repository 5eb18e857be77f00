import { clientAgainst, errorOf } from "./support/client.js";
import { answer, begin } from "./support/wire.js";

const usage = { prompt_tokens: 3, total_tokens: 4 };
const summary = { id: "i1", created: "2026-01-01T00:00:00Z", description: "d" };
const item = { ...summary, content: "c" };
const file = { id: "f1", filename: "a.md", status: "enqueued", items: 0, tokens: 0 };

/** Fields that a later API may add, anywhere. */
const unknown = { later: { x: [1] }, camelCase: null };

test("unknown fields never break an answer, and do not come through", async () => {
  const collection = { id: "docs", name: "Docs" };
  const { client } = await clientAgainst([answer(200, { collections: [{ ...collection, ...unknown }], ...unknown })]);
  expect(await client.collections.list()).toEqual([collection]);
});

test("search answers in camelCase, best first", async () => {
  const { client, server } = await clientAgainst([
    answer(200, { results: [{ ...item, ...unknown }], usage: { ...usage, ...unknown } }),
  ]);
  expect(await client.search("docs", { input: "q" })).toEqual({
    results: [{ id: "i1", created: "2026-01-01T00:00:00Z", content: "c" }],
    usage: { promptTokens: 3, totalTokens: 4 },
  });
  expect(server.requests[0]).toMatchObject({
    method: "POST",
    path: "/v1/vector_store/docs/search",
    body: '{"input":"q"}',
  });
});

test("an item is added with its description or without", async () => {
  const { client, server } = await clientAgainst([answer(201, { item, usage })]);
  expect(await client.items.add("docs", { content: "c", description: "d" })).toEqual({
    item,
    usage: { promptTokens: 3, totalTokens: 4 },
  });
  await client.items.add("docs", { content: "c" });
  expect(server.requests.map(({ body }) => body)).toEqual(['{"content":"c","description":"d"}', '{"content":"c"}']);
});

test("lists of items have no content", async () => {
  const { client } = await clientAgainst([answer(200, { items: [summary] })]);
  expect(await client.items.list("docs")).toEqual([summary]);
});

test("any 2xx is a success, and a delete needs no body", async () => {
  for (const behaviour of [
    answer(200, { collection: { id: "docs", name: "x" } }),
    answer(202, "Accepted"),
    answer(204),
  ]) {
    const { client } = await clientAgainst([behaviour]);
    await expect(client.collections.delete("docs")).resolves.toBeUndefined();
  }
  const { client } = await clientAgainst([answer(202, { collection: { id: "docs", name: "x" } })]);
  expect(await client.collections.update("docs", { name: "x" })).toEqual({ id: "docs", name: "x" });
});

test("a 200 without a word to a delete is not believed: the object is looked for", async () => {
  const bare = answer(200, "");
  const gone = await clientAgainst([bare, answer(404, { message: "not found" })]);
  await expect(gone.client.items.delete("docs", "i1")).resolves.toBeUndefined();
  expect(gone.server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "DELETE /v1/vector_store/docs/items/i1",
    "GET /v1/vector_store/docs/items/i1",
  ]);
  const there = await clientAgainst([bare, answer(200, { item })]);
  await expect(errorOf(there.client.items.delete("docs", "i1"))).resolves.toMatchObject({
    code: "response_shape",
    outcomeUnknown: true,
    message: expect.stringContaining("still there") as string,
  });
});

test("a file's status is whatever word the API uses, and its error stands where there is one", async () => {
  const { client } = await clientAgainst([
    answer(200, {
      files: [
        { ...file, status: "reticulating" },
        { ...file, status: "failed", error: "bad" },
        { ...file, error: null },
      ],
    }),
  ]);
  expect(await client.files.list("docs")).toEqual([
    { ...file, status: "reticulating" },
    { ...file, status: "failed", error: "bad" },
    file,
  ]);
});

test("informational answers before the real one are passed over", async () => {
  const { client } = await clientAgainst([
    (socket, request) => {
      socket.write("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n");
      answer(200, { collections: [] })(socket, request);
    },
  ]);
  expect(await client.collections.list()).toEqual([]);
});

test("health is asked for without the key", async () => {
  const { client, server } = await clientAgainst([answer(200, "OK")]);
  expect(await client.health.get()).toEqual({ healthy: true });
  expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
});

test("all else carries the key", async () => {
  const { client, server } = await clientAgainst([answer(200, { collections: [] })]);
  await client.collections.list();
  expect(server.requests[0]?.headers["authorization"]).toBe("Bearer canary-key-0f3a9c");
});

test("models and voices", async () => {
  const models = await clientAgainst([
    answer(200, {
      object: "list",
      data: [
        { id: "m", created: 1, object: "model", owned_by: "o", features: ["chat"] },
        { id: "n", owned_by: null },
      ],
    }),
  ]);
  expect(await models.client.models.list()).toEqual([
    { id: "m", created: 1, ownedBy: "o", features: ["chat"] },
    { id: "n" },
  ]);
  expect(await models.client.models.listAudio()).toHaveLength(2);
  expect(models.server.requests.map(({ path }) => path)).toEqual(["/v1/models", "/v1/audio/models"]);
  const voices = await clientAgainst([answer(200, { voices: [{ voice: "en_1", ...unknown }] })]);
  expect(await voices.client.voices.list()).toEqual([{ voice: "en_1" }]);
});

test("logs are looked up where logsPath says, in camelCase", async () => {
  const wire = { request_headers: "{}", request_body: "b", response_body: "r", response_code: 200 };
  const both = { timestamp: "t", method: "GET", endpoint: "/models" };
  const { client, server } = await clientAgainst([answer(200, { requests: [{ ...both, ...wire }] })], {
    logsPath: "/request-logs",
  });
  expect(await client.logs.lookUp({ period: 30, endpoint: "/models" })).toEqual([
    { ...both, requestHeaders: "{}", requestBody: "b", responseBody: "r", responseCode: 200 },
  ]);
  expect(server.requests[0]).toMatchObject({ path: "/v1/request-logs", body: '{"period":30,"endpoint":"/models"}' });
});

describe("speech", () => {
  const args = { model: "m", input: "Hello", voice: "v" };

  test("is the bytes and their type", async () => {
    const { client } = await clientAgainst([
      begin(200, { "content-type": "audio/wav", "content-length": 4 }, Buffer.from([0, 255, 1, 2])),
    ]);
    expect(await client.speech.create(args)).toEqual({ audio: Buffer.from([0, 255, 1, 2]), mediaType: "audio/wav" });
  });

  test("may come in chunks", async () => {
    const { client } = await clientAgainst([
      begin(200, { "content-type": "audio/wav", "transfer-encoding": "chunked" }, "2\r\nab\r\n", "1\r\nc\r\n0\r\n\r\n"),
    ]);
    expect((await client.speech.create(args)).audio.toString()).toBe("abc");
  });

  test.each([
    ["text", answer(200, { ok: true }), "in place of audio"],
    ["nothing", answer(200, "", { "content-type": "audio/wav" }), "it is empty"],
  ])("that is %s is an error, and may have cost", async (_, behaviour, message) => {
    const { client } = await clientAgainst([behaviour]);
    const error = await errorOf(client.speech.create(args));
    expect(error).toMatchObject({ code: "response_shape", outcomeUnknown: true });
    expect(error.message).toContain(message);
  });
});

test.each([
  ["createCollection", "name", (client) => client.collections.create({ name: "" })],
  ["updateCollection", "name", (client) => client.collections.update("docs", {} as never)],
  ["addItem", "content", (client) => client.items.add("docs", { content: "" })],
  ["searchCollection", "input", (client) => client.search("docs", { input: null as never })],
  ["addFile", "filename", (client) => client.files.add("docs", { filename: "", source: Buffer.alloc(1) })],
  ["createSpeech", "voice", (client) => client.speech.create({ model: "m", input: "x", voice: "" })],
  [
    "createChatCompletion",
    "model",
    (client) => client.chat.create({ model: "", messages: [{ role: "user", content: "x" }] }),
  ],
  ["createChatCompletion", "messages", (client) => client.chat.create({ model: "m", messages: [] })],
  [
    "createRagChatCompletion",
    "collection",
    (client) => client.ragChat.create({ model: "m", collection: "", messages: [{ role: "user", content: "x" }] }),
  ],
  ["path", "id", (client) => client.collections.get("..")],
] as [string, string, (client: Awaited<ReturnType<typeof clientAgainst>>["client"]) => Promise<unknown>][])(
  "%s without a proper %s sends nothing and says so",
  async (operation, name, send) => {
    const { client, server } = await clientAgainst([answer(200)]);
    const error = await errorOf(send(client));
    expect(error).toMatchObject({ code: "usage", operation, outcomeUnknown: false });
    expect(error.message).toContain(name);
    expect(server.requests).toHaveLength(0);
  },
);
