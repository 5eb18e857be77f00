import fc from "fast-check";
import { FirstOf } from "../../../provider/client/first-of.js";
import { clientAgainst, errorOf } from "./support/client.js";
import { answer, begin } from "./support/wire.js";

const usage = { prompt_tokens: 3, total_tokens: 4 };
const hit = (id: number, length = 4) => ({
  id: `i${id}`,
  created: "2026-01-01T00:00:00Z",
  content: "text".repeat(length / 4),
});

/** The value as the reader sees it, in chunks of any length. */
function read(json: string, limit: number, ...cuts: readonly number[]): { value: unknown; isCut: boolean } {
  const reader = new FirstOf("results", limit);
  const bytes = Buffer.from(json);
  let rest = bytes;
  let isEnough = false;
  for (const cut of [...cuts, bytes.length]) {
    if (!isEnough) isEnough = reader.take(rest.subarray(0, cut));
    rest = rest.subarray(cut);
  }
  return { value: JSON.parse(reader.text()), isCut: reader.isCut };
}

test("whatever the answer holds and wherever it is cut, the first results come as they are, and all beside them", () => {
  const lookalike = fc.constantFrom("results", '"results":[', "]},{", "\\", '\\"', "é");
  const anything = fc.oneof(
    fc.string(),
    lookalike,
    fc.integer(),
    fc.constant(null),
    fc.array(lookalike),
    fc.dictionary(lookalike, fc.array(fc.string())),
  );
  fc.assert(
    fc.property(
      fc.array(anything),
      anything,
      anything,
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 1, max: 40 })),
      (results, before, after, limit, cuts) => {
        const { value, isCut } = read(JSON.stringify({ before, results, after }), limit, ...cuts);
        expect(value).toEqual({ before, results: results.slice(0, limit), after } satisfies object);
        expect(isCut).toBe(false);
      },
    ),
  );
});

test("of a small answer the rest is read, too: what it cost is known", async () => {
  const { client, server } = await clientAgainst([answer(200, { results: [1, 2, 3].map((id) => hit(id)), usage })]);
  expect(await client.search("docs", { input: "q", limit: 2 })).toEqual({
    results: [hit(1), hit(2)],
    usage: { promptTokens: 3, totalTokens: 4 },
  });
  expect(server.requests[0]?.body).toBe('{"input":"q"}');
});

test("a large answer is not read to its end", async () => {
  const many = JSON.stringify(Array.from({ length: 400 }, (_, id) => hit(id, 1024))).slice(1, -1);
  // It never ends: whoever waits for the end does not come back.
  const { client, server } = await clientAgainst([
    begin(200, { "content-type": "application/json" }, `{"results":[${many},`),
  ]);
  const found = await client.search("docs", { input: "q", limit: 2 });
  expect(found).toEqual({ results: [hit(0, 1024), hit(1, 1024)] });
  await server.until(() => server.open === 0);
});

test("what is no JSON, lacks a field or is a web page is told as without a limit", async () => {
  const html = "<!doctype html><title>Hello</title>";
  const { client } = await clientAgainst([
    answer(200, "{oops"),
    answer(200, { results: [] }),
    answer(200, { results: [{ id: "x" }], usage }),
    answer(200, html),
  ]);
  const failed = async () => {
    const { code, message } = await errorOf(client.search("docs", { input: "q", limit: 2 }));
    return [code, /it is not JSON|field "[^"]+"|web page/u.exec(message)?.[0]];
  };
  expect([await failed(), await failed(), await failed(), await failed()]).toEqual([
    ["response_shape", "it is not JSON"],
    ["response_shape", 'field "usage"'],
    ["response_shape", 'field "results[0].created"'],
    ["base_url", "web page"],
  ]);
});

test.each([0, 1.5, -1, NaN])("a limit of %p is refused", async (limit) => {
  const { client } = await clientAgainst([]);
  expect(await errorOf(client.search("docs", { input: "q", limit }))).toMatchObject({
    code: "usage",
    message: expect.stringContaining("limit must be a whole number") as string,
  });
});

test("results are put in order by a model of today, each with its score, and those that it leaves out come last", async () => {
  const models = answer(200, { data: [{ id: "glm-5.3" }, { id: "vultronretriever-1" }] });
  const ranked = answer(200, {
    results: [
      { index: 2, relevance_score: 0.9 },
      { index: 0, relevance_score: 0.2 },
      { index: 9, relevance_score: 1 },
    ],
  });
  const { client, server } = await clientAgainst([
    answer(200, { results: [1, 2, 3].map((id) => hit(id)), usage }),
    models,
    ranked,
    answer(200, { results: [], usage }),
  ]);
  const { results } = await client.search("docs", { input: "q", rerank: true });
  expect(results).toEqual([{ ...hit(3), score: 0.9 }, { ...hit(1), score: 0.2 }, hit(2)]);
  expect(JSON.parse(server.requests[2]?.body ?? "")).toEqual({
    model: "vultronretriever-1",
    query: "q",
    documents: ["text", "text", "text"],
    top_n: 3,
    return_documents: false,
  });
  // Of nothing there is no order.
  await client.search("docs", { input: "q", rerank: { model: "m" } });
  expect(server.requests).toHaveLength(4);
});

test("documents are put in order best first, and too many of them are not sent", async () => {
  const { client, server } = await clientAgainst([
    answer(200, {
      results: [
        { index: 1, relevance_score: 0.5 },
        { index: 0, relevance_score: 0.7 },
      ],
      model: "other",
    }),
  ]);
  expect(await client.rerank({ model: "m", query: "q", documents: ["a", "b"] })).toEqual({
    model: "m",
    results: [
      { index: 0, score: 0.7 },
      { index: 1, score: 0.5 },
    ],
  });
  expect(
    (await errorOf(client.rerank({ model: "m", query: "q", documents: ["x".repeat(1_000_001)] }))).message,
  ).toContain("documents are too long: 1000002 bytes together");
  expect((await errorOf(client.rerank({ query: "q", documents: [] }))).message).toContain(
    "documents must be a list with at least one text",
  );
  expect(server.requests).toHaveLength(1);
});
