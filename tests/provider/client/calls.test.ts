/** What every method takes last, and what its answer can be asked for. */
import { createServer } from "node:http";
import { clientAgainst, errorOf } from "./support/client.js";
import { answer, begin } from "./support/wire.js";

const collections = { collections: [{ id: "docs", name: "Docs" }] };

test("headers and fields of the caller's own go out with a call", async () => {
  const { client, server } = await clientAgainst([answer(201, { collection: { id: "docs", name: "Docs" } })]);
  await client.collections.create({ name: "Docs" }, { headers: { "X-Trace": "t1" }, extraBody: { model: "m" } });
  expect(server.requests[0]).toMatchObject({ body: '{"name":"Docs","model":"m"}', headers: { "x-trace": "t1" } });
  for (const [options, problem] of [
    [{ headers: { Authorization: "Bearer x" } }, "must not have Authorization, which the client sets itself"],
    [{ headers: { "bad name": "x" } }, 'must not have one named "bad name"'],
    [{ headers: { "x-a": "line\nbreak" } }, "must have a text of printable ASCII characters as x-a"],
  ] as const) {
    expect(await errorOf(client.collections.list(options))).toMatchObject({
      code: "usage",
      message: expect.stringContaining(problem) as string,
    });
  }
  expect(await errorOf(client.collections.list({ extraBody: { a: 1 } }))).toMatchObject({
    code: "usage",
    message: expect.stringContaining("sends none") as string,
  });
  expect(server.requests).toHaveLength(1);
});

test("every answer can be asked for its status and headers, a stream's too", async () => {
  const events = begin(
    200,
    { "content-type": "text/event-stream", "x-request": "r2", connection: "close" },
    'data: {"id":"c","created":1,"model":"m","choices":[]}\n\ndata: [DONE]\n\n',
  );
  const { client } = await clientAgainst([answer(200, collections, { "x-request": "r1" }), answer(204), events]);
  const { data, response } = await client.collections.list().withResponse();
  expect(data).toEqual(collections.collections);
  expect(response).toMatchObject({ status: 200, headers: { "x-request": "r1" } });
  expect((await client.collections.delete("docs").withResponse()).response.status).toBe(204);
  const streamed = await client.chat.stream({ model: "m", messages: [{ role: "user", content: "x" }] }).withResponse();
  expect(streamed.response.headers).toMatchObject({ "x-request": "r2" });
  const lines = await new Response(streamed.data.toReadableStream()).text();
  expect(JSON.parse(lines)).toMatchObject({ id: "c", model: "m", choices: [] });
});

test("a collection that was just made may be unknown for a while to any verb, and is looked for again", async () => {
  const made = answer(201, { collection: { id: "docs", name: "Docs" } });
  const unknown = answer(422, { message: "Collection not found" });
  const item = { id: "i", created: "2026-01-01T00:00:00Z", description: "d", content: "c" };
  const usage = { prompt_tokens: 1, total_tokens: 1 };
  const { client, server, clock } = await clientAgainst([
    made,
    unknown,
    answer(404, "Not found"),
    answer(201, { item, usage }),
    unknown,
    answer(200, { results: [], usage }),
    answer(404, "Not found"),
    unknown,
  ]);
  await client.collections.create({ name: "Docs" });
  await expect(client.items.add("docs", { content: "c" })).resolves.toMatchObject({ item: { id: "i" } });
  await expect(client.search("docs", { input: "c" })).resolves.toMatchObject({ results: [] });
  expect(clock.skipped.slice(0, 2)).toEqual([250, 500]);
  // An operation that has found it once is believed; so is "not found" of something in it.
  expect((await errorOf(client.items.add("docs", { content: "d" }))).code).toBe("not_found");
  const requests = server.requests.length;
  clock.advance(10_000);
  expect((await errorOf(client.items.list("docs"))).code).toBe("not_found");
  expect(server.requests).toHaveLength(requests + 1);
});

describe("with a function in place of undici", () => {
  test("requests, errors, streams and uploads go through it", async () => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        if (request.url?.endsWith("/files"))
          response.end(
            JSON.stringify({ file: { id: "f", filename: "a.md", status: "enqueued", items: 0, tokens: body.length } }),
          );
        else if (request.url?.endsWith("/completions")) {
          response
            .setHeader("content-type", "text/event-stream")
            .end(
              "data: " +
                '{"id":"c","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\ndata: ' +
                "[DONE]\n\n",
            );
        } else if (request.url?.endsWith("/vector_store")) response.end(JSON.stringify(collections));
        else response.writeHead(404).end("Not found");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1`;
    const urls: string[] = [];
    const own = (url: string, init: RequestInit) => {
      urls.push(url);
      return fetch(url, init);
    };
    const { client } = await clientAgainst([], { baseUrl, fetch: own, maxRetries: 0 });
    expect(await client.collections.list()).toEqual(collections.collections);
    expect((await errorOf(client.items.list("docs"))).code).toBe("not_found");
    expect((await client.files.add("docs", { filename: "a.md", source: Buffer.from("text") })).tokens).toBeGreaterThan(
      100,
    );
    expect(
      (await client.chat.stream({ model: "m", messages: [{ role: "user", content: "x" }] }).completion()).choices[0]
        ?.message.content,
    ).toBe("Hi");
    expect(urls).toHaveLength(4);
    await new Promise((resolve) => server.close(resolve));
    expect(await errorOf(client.collections.list())).toMatchObject({ code: "connection", outcomeUnknown: false });
    const cut = await clientAgainst([], { fetch: () => Promise.reject(new Error("cut")), maxRetries: 0 });
    expect(await errorOf(cut.client.items.add("docs", { content: "c" }))).toMatchObject({
      code: "connection",
      outcomeUnknown: true,
    });
  });
});
