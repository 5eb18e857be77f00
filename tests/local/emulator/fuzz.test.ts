import { connect } from "node:net";
import fc from "fast-check";
import { closeAll, rig, type Rig } from "./support/http.js";

afterAll(closeAll);

/** Sends bytes as they are and reads what comes until the peer or the silence ends it. */
function raw({ emulator }: Rig, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1", () => socket.end(bytes));
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => resolve(""));
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
  });
}

const operations: [string, string][] = [
  ["POST", "/vector_store"],
  ["PATCH", "/vector_store/a"],
  ["POST", "/vector_store/a/items"],
  ["POST", "/vector_store/a/search"],
  ["POST", "/vector_store/a/files"],
  ["POST", "/chat/completions"],
  ["POST", "/chat/completions/RAG"],
  ["POST", "/logs"],
];

const names = [
  "name",
  "content",
  "description",
  "input",
  "model",
  "messages",
  "stop",
  "tools",
  "tool_choice",
  "period",
  "collection",
  "__proto__",
  "constructor",
];

let test: Rig;
beforeAll(async () => {
  test = await rig();
  await test.ask("POST", "/vector_store", { name: "a" });
});

describe("whatever comes, the emulator answers and goes on", () => {
  it("for any JSON", async () => {
    const body = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), body, async ([method, path], json) => {
        expect((await test.ask(method, path, json)).status).toBeLessThan(500);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("for any path", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "DELETE", "PATCH", "POST"),
        fc.array(
          fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("..", "%00", "%2e%2e", "a", "vector_store", "items")),
          { maxLength: 5 },
        ),
        async (method, segments) => {
          const path = segments
            .map((segment) => (segment.startsWith("%") ? segment : encodeURIComponent(Buffer.from(segment).toString())))
            .join("/");
          expect((await test.ask(method, `/vector_store/${path}`)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it("for any multipart body", async () => {
    const chunk = fc.oneof(
      fc.constantFrom(
        "--b",
        "--",
        "\r\n",
        "\r\n\r\n",
        'Content-Disposition: form-data; name="file"',
        '; filename="x.txt"',
        "\0",
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 20 }), async (chunks) => {
        const headers = { "content-type": "multipart/form-data; boundary=b" };
        expect((await test.ask("POST", "/vector_store/a/files", chunks.join(""), headers)).status).toBeLessThan(500);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("for any bytes", async () => {
    const head = `POST /v1/vector_store HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${test.emulator.key}\r\n`;
    const bytes = fc.tuple(
      fc.constantFrom(
        "",
        head,
        `${head}Content-Type: application/json\r\nContent-Length: 5\r\n\r\n`,
        `${head}Transfer-Encoding: chunked\r\n\r\n`,
      ),
      fc.uint8Array({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async ([start, rest]) => {
        const answer = await raw(test, Buffer.concat([Buffer.from(start), rest]));
        expect(answer === "" || /^HTTP\/1\.1 [24]\d\d /.test(answer)).toBe(true);
      }),
      { numRuns: 200, seed: 1 },
    );
    expect((await test.ask("GET", "/vector_store")).status).toBe(200);
  });

  it("for deep JSON and large headers", async () => {
    const deep = `{"model":"m","messages":[{"role":"user"}],"tool_choice":"required","tools":[{"function":{"name":"f","parameters":${'{"type":"array","items":'.repeat(5_000)}{}${"}".repeat(5_000)}}}]}`;
    expect((await test.ask("POST", "/chat/completions", deep)).status).toBeLessThan(500);
    expect((await test.ask("POST", "/vector_store", "[".repeat(1_000_000))).status).toBe(400);
    expect(await raw(test, Buffer.from(`GET /v1/health HTTP/1.1\r\nX: ${"y".repeat(100_000)}\r\n\r\n`))).toMatch(
      /^(HTTP\/1\.1 431|$)/,
    );
  });
});
