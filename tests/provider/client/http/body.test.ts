import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { clientAgainst, errorOf } from "../support/client.js";
import { answer, begin, type Behaviour } from "../support/wire.js";

const collections = [{ id: "docs", name: "Docs", created: "2026-01-01T00:00:00Z" }];
const json = JSON.stringify({ collections });
const anyFetch = [
  ["the own connections", {}],
  ["fetch", { fetch }],
] as const;

/** A proper answer of bytes. */
const bytes = (status: number, headers: Record<string, string>, body: Buffer): Behaviour =>
  begin(status, { ...headers, "content-length": body.length }, body);

/** An answer that begins as one should, and goes on as long as somebody reads. */
const endless: Behaviour = (socket) => {
  const blanks = Buffer.alloc(4 * 1024 * 1024, " ");
  const more = (): void => {
    while (socket.writable && socket.write(blanks));
  };
  socket.on("drain", more).write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n");
  more();
};

describe.each(anyFetch)("A body, by %s,", (_, settings) => {
  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("that something has compressed with %s is read, in answers and in refusals", async (encoding, compress) => {
    const headers = { "content-encoding": encoding };
    const refused = JSON.stringify({ message: "Invalid API key" });
    const found = JSON.stringify({ results: [{ id: "i", created: "", content: "Found." }], usage: {} });
    const { client } = await clientAgainst(
      [
        bytes(200, headers, compress(json)),
        bytes(422, headers, compress(refused)),
        bytes(200, headers, compress(found.replace("{}", '{"prompt_tokens":1,"total_tokens":1}'))),
      ],
      { maxRetries: 0, ...settings },
    );
    expect(await client.collections.list()).toEqual(collections);
    expect((await errorOf(client.collections.list())).code).toBe("authentication");
    expect((await client.search("docs", { input: "Which?", limit: 1 })).results).toMatchObject([{ content: "Found." }]);
  });

  it("is longer than what is read: one sentence, and it is not asked for again", async () => {
    const { client, server } = await clientAgainst([endless], { maxRetries: 3, ...settings });
    const error = await errorOf(client.collections.list());
    expect(error.code).toBe("response_shape");
    expect(error.message).toMatch(/^Could not list the collections: the answer of \S+ is longer than 256 MiB/u);
    expect(server.requests).toHaveLength(1);
  });

  it("may begin with a byte order mark", async () => {
    const { client } = await clientAgainst([answer(200, `\ufeff${json}`)], { maxRetries: 0, ...settings });
    expect(await client.collections.list()).toEqual(collections);
  });
});

it("is asked for without compression", async () => {
  const { client, server } = await clientAgainst([answer(200, json)]);
  await client.collections.list();
  expect(server.requests[0]?.headers["accept-encoding"]).toBe("identity");
});
