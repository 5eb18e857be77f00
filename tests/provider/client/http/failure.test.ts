import { clientAgainst, canary, errorOf } from "../support/client.js";
import { answer, begin, reset } from "../support/wire.js";
import { createClient, type Client } from "../../../../provider/client/index.js";

const html = { "content-type": "text/html; charset=utf-8" };
const page = "<!doctype html><html><head><title>404 Not Found</title></head><body>nginx</body></html>";

async function messageFor(
  behaviour: Parameters<typeof clientAgainst>[0][number],
  send: (client: Client) => Promise<unknown>,
): Promise<string> {
  const { client, server } = await clientAgainst([behaviour], {
    maxRetries: 0,
    apiKeySource: "stack config vultr-inference:apiKey",
  });
  const { message } = await errorOf(send(client));
  return message.replaceAll(String(server.port), "PORT");
}

const get = (client: Client) => client.items.get("docs", "i1");
const add = (client: Client) => client.items.add("docs", { content: "the whole text of a confidential document" });

test("what we did, to which object, what came back, what to do", async () => {
  expect(await messageFor(answer(404, { message: "Not found" }), get)).toBe(
    'Could not get item "i1" of collection "docs": http://127.0.0.1:PORT answered 404 "Not found"; ' +
      'item "i1" of collection "docs" does not exist, or not under this key and baseUrl http://127.0.0.1:PORT/v1.',
  );
  expect(await messageFor(answer(422, { message: "Maximum sequence length exceeded" }), add)).toBe(
    'Could not add an item to collection "docs": http://127.0.0.1:PORT answered 422 "Maximum sequence length ' +
      'exceeded"; ' +
      "it has about 11 tokens by this package's estimate, and the model takes about 512 tokens, of other " +
      "languages than English often fewer: split it into several items, which splitText does.",
  );
  expect(await messageFor(reset, add)).toMatch(
    /^Could not add an item to collection "docs": the connection to \S+ broke before the whole answer had arrived \(.+\); try again, but check first whether it was carried out anyway\.$/u,
  );
});

test.each([
  ["a message", { message: "No" }, "No"],
  ["an error object", { error: { code: 1, message: "No", type: "x", metadata: null } }, "No"],
  ["an error text", { error: "No" }, "No"],
  ["plain text", "No", "No"],
  ["JSON of another shape", { detail: 5 }, '{"detail":5}'],
])("the API's word is read from %s", async (_, body, said) => {
  expect(await messageFor(answer(400, body), get)).toContain(`answered 400 "${said}";`);
});

test("an empty refusal is told by its status alone", async () => {
  expect(await messageFor(answer(400), get)).toContain("answered 400; correct");
});

test("the API's words are cut, and stripped of what a terminal would act on", async () => {
  const message = await messageFor(answer(400, { message: `\u001b[2J\u0007${"long ".repeat(200)}` }), get);
  expect(message).toContain(`"long long`);
  expect(message).toContain("…");
  expect(message).not.toMatch(/\p{Cc}/u);
  expect(message.length).toBeLessThan(400);
});

test.each([
  [401, { message: "No API key provided" }],
  [422, { message: "Invalid API key" }],
  [422, { error: { message: "Invalid API key" } }],
  [403, { message: "Forbidden" }],
])("%i %j is about the key, and says where it came from and what may be wrong with it", async (status, body) => {
  const { client } = await clientAgainst([answer(status, body)], {
    apiKeySource: "stack config vultr-inference:apiKey",
  });
  const error = await errorOf(get(client));
  expect(error).toMatchObject({ code: "authentication", status, outcomeUnknown: false });
  expect(error.message).toContain("check the key from stack config vultr-inference:apiKey");
  expect(error.message).toContain("not the account's key");
  expect(error.message).toContain("`pulumi up`");
});

test("a web page in place of an answer means a wrong address, not a missing object", async () => {
  const pages = [`\ufeff${page}`, `<!-- a proxy -->\n${page}`, `<?xml version="1.0"?>${page}`, "<head><title>Not here"];
  for (const behaviour of [
    answer(404, page, html),
    answer(404, page),
    answer(200, page, html),
    answer(404, "<p>Not here", { "content-type": "application/xhtml+xml" }),
    ...pages.flatMap((text) => [answer(404, text), answer(200, text)]),
  ]) {
    const { client } = await clientAgainst([behaviour]);
    for (const send of [get, (c: Client) => c.collections.list(), (c: Client) => c.health.get()]) {
      const error = await errorOf(send(client));
      expect(error.code).toBe("base_url");
      expect(error.message).toMatch(/baseUrl \S+ looks wrong/u);
    }
  }
});

test("a 404 where no object can be missing means a wrong address", async () => {
  const { client } = await clientAgainst([answer(404, { message: "Not found" })]);
  expect((await errorOf(client.collections.list())).code).toBe("base_url");
  expect((await errorOf(client.models.list())).code).toBe("base_url");
});

test("a 404 of the request log names the setting that can move it", async () => {
  const { client } = await clientAgainst([answer(404, { message: "Not found" })], { logsPath: "/request-logs" });
  expect((await errorOf(client.logs.lookUp({ period: 15 }))).message).toMatch(
    /this service does not offer that: .* the setting logsPath \(now "\/request-logs"\)\.$/u,
  );
});

test("when nothing listens on this machine, the message says how to start the emulator", async () => {
  const { client, server } = await clientAgainst([], { maxRetries: 0 });
  const { baseUrl } = server;
  await server.stop();
  const { message } = await errorOf(client.collections.list());
  expect(message).toBe(
    `Could not list the collections: nothing listens at ${new URL(baseUrl).origin} (ECONNREFUSED); ` +
      "start the emulator with `npx vultr-inference emulator`, or correct baseUrl.",
  );
});

test("a host that is not found is named", async () => {
  const client = createClient({ apiKey: canary, baseUrl: "http://nowhere.invalid/v1", maxRetries: 0 });
  const error = await errorOf(client.collections.list());
  expect(error).toMatchObject({ code: "connection", outcomeUnknown: false });
  expect(error.message).toContain("the host of http://nowhere.invalid was not found");
});

test.each([
  ["is missing", {}, /field "collection" is not as expected/u],
  ["is missing inside", { collection: { id: "x" } }, /field "collection.name" is not as expected/u],
  ["has another type", { collection: { id: 5, name: "x" } }, /field "collection.id" is not as expected/u],
  ["is all there is", [], /JSON object is not as expected/u],
])("a success whose field %s names the field and the operation", async (_, body, message) => {
  const { client } = await clientAgainst([answer(200, body)]);
  const error = await errorOf(client.collections.get("docs"));
  expect(error).toMatchObject({ code: "response_shape", operation: "getCollection", outcomeUnknown: false });
  expect(error.message).toMatch(message);
  expect(error.message).toContain("getCollection");
});

test("a write whose success cannot be read is in doubt", async () => {
  const { client } = await clientAgainst([answer(201, { item: {} })]);
  for (const send of [add, (c: Client) => c.items.update("docs", "i1", { description: "x" })]) {
    expect(await errorOf(send(client))).toMatchObject({ code: "response_shape", outcomeUnknown: true });
  }
});

test("the error that the server sends never brings the key or a document into the message", async () => {
  const echo = `key ${canary}, header Bearer ${canary}, content "the whole text of a confidential document"`;
  for (const behaviour of [
    answer(400, { message: echo }),
    answer(500, echo),
    answer(404, { error: { message: echo } }),
    begin(401, { "content-length": echo.length }, echo),
  ]) {
    const { client } = await clientAgainst([behaviour], { maxRetries: 0 });
    const error = await errorOf(add(client));
    for (const text of [error.message, error.stack, JSON.stringify(error)]) {
      expect(text).not.toContain(canary);
      expect(text).not.toContain("confidential");
    }
  }
});

test("a key at the edge of what is cut off does not show in part", async () => {
  const { client } = await clientAgainst([answer(400, { message: `${"x".repeat(195)}${canary}` })]);
  expect((await errorOf(get(client))).message).not.toContain(canary.slice(0, 4));
});
