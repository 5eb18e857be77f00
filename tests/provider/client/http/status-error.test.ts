import type { Client } from "../../../../provider/client/index.js";
import { canary, clientAgainst, errorOf } from "../support/client.js";
import { answer } from "../support/wire.js";

const add = (client: Client) => client.items.add("docs", { content: "Send anything back." });
const create = (client: Client) => client.collections.create({ name: "Docs" });
const list = (client: Client) => client.items.list("docs");

test.each<[string, number, unknown, (client: Client) => Promise<unknown>, string]>([
  ["a wrong key", 422, { message: "Invalid API key" }, list, "authentication"],
  [
    "a taken name",
    422,
    { message: "Duplicate collection name found, please provide a unique name" },
    create,
    "duplicate_name",
  ],
  [
    "a taken name in the other shape",
    422,
    { error: { message: "Duplicate collection name found, please provide a unique name" } },
    create,
    "duplicate_name",
  ],
  ["a taken name by 409", 409, "A collection of this name exists already", create, "duplicate_name"],
  ["an unknown collection", 422, { message: "Collection not found" }, add, "not_found"],
  ["an unknown collection, by 404", 404, { message: "Collection not found" }, add, "not_found"],
  [
    "an unknown collection in a search",
    422,
    "Collection not found",
    (client) => client.search("docs", { input: "x" }),
    "not_found",
  ],
  [
    "an unknown collection in an answer",
    422,
    "Collection not found",
    (client) => client.ragChat.create({ model: "m", collection: "docs", messages: [{ role: "user", content: "x" }] }),
    "not_found",
  ],
  ["too long a text", 422, { message: "Maximum sequence length exceeded" }, add, "content_too_long"],
  ["an unsupported parameter", 422, { message: "Unsupported parameter: seed" }, add, "validation"],
  [
    "words that are the caller's own",
    422,
    { message: "Bad text: duplicate collection name in here" },
    (client) => client.items.add("docs", { content: "duplicate collection name in here" }),
    "validation",
  ],
  ["a subscription without credit", 402, { message: "Payment required" }, add, "validation"],
  ["another conflict", 409, "Busy", add, "validation"],
])("%s is told by status and words", async (_, status, body, send, code) => {
  const { client } = await clientAgainst([answer(status, body)]);
  expect(await errorOf(send(client))).toMatchObject({ code, status, outcomeUnknown: false });
});

test("a taken name says the rule, and too long a text how long it is", async () => {
  const { client } = await clientAgainst([
    answer(422, "Duplicate collection name found"),
    answer(422, "Maximum sequence length exceeded"),
  ]);
  expect((await errorOf(create(client))).message).toContain("the first 14 letters and digits of its name");
  const error = await errorOf(client.items.add("docs", { content: "word ".repeat(900) }));
  expect(error).toMatchObject({ code: "content_too_long", estimatedTokens: expect.any(Number) as number });
  expect(error.message).toMatch(/it has about \d+ tokens .* splitText/u);
});

test("what is not offered is told in one sentence, not as a wrong address", async () => {
  const { client } = await clientAgainst([answer(404, { message: "Not found" })]);
  for (const send of [
    () => client.models.listAudio(),
    () => client.logs.lookUp({ period: 15 }),
    () => client.usage(),
    () => client.rerank({ model: "m", query: "q", documents: ["d"] }),
  ]) {
    const error = await errorOf(send());
    expect(error.code).toBe("not_found");
    expect(error.message).toContain("this service does not offer that: ");
  }
});

test("a service that deletes no files is told from a wrong address by what it refuses", async () => {
  const { client } = await clientAgainst([answer(405, { message: "Method not allowed" })]);
  const error = await errorOf(client.files.delete("docs", "f"));
  expect([error.code, error.message]).toEqual([
    "validation",
    expect.stringMatching(/405 "Method not allowed"; this service does not offer that: delete the collection, which/u),
  ]);
  expect((await errorOf(client.items.delete("docs", "i"))).code).toBe("base_url");
  const { client: other } = await clientAgainst([answer(404, { message: "Not found" })]);
  expect((await errorOf(other.files.delete("docs", "f"))).message).toMatch(
    /file "f" of collection "docs" does not exist, or .*; or this service does not offer that: delete the collection/u,
  );
});

test("an error narrows by its code, and carries what came back without secrets", async () => {
  const body = { error: { code: 429, message: `Slow down, ${canary}: Send anything back, and soon.` } };
  const { client } = await clientAgainst(
    [answer(429, body, { "x-request": "r1", "set-cookie": "a=b", "retry-after": "7" })],
    { maxRetries: 0 },
  );
  const error = await errorOf(client.items.add("docs", { content: "Send anything back, and soon." }));
  expect(error.code === "rate_limit" && error.retryAfterSeconds).toBe(7);
  expect(error.response).toEqual({
    headers: {
      "content-type": "application/json",
      "content-length": expect.any(String) as string,
      "retry-after": "7",
      "x-request": "r1",
    },
    body: { error: { code: 429, message: "Slow down, [apiKey]: […]" } },
  });
  expect(Object.keys(error)).not.toContain("response");
  const secretive = await clientAgainst([answer(400, body)], { confidential: true });
  expect((await errorOf(list(secretive.client))).response).toBeUndefined();
});

test("a redirect says where it leads, and is not followed with the key", async () => {
  const location = `https://elsewhere.test/v1?token=${canary}`;
  const { client } = await clientAgainst([answer(308, "", { location })]);
  const { message } = await errorOf(list(client));
  expect(message).toMatch(/answered 308, a redirect to https:\/\/elsewhere\.test; baseUrl .* looks wrong/u);
});
