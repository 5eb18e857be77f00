import fc from "fast-check";
import { eventData } from "../../../../provider/client/http/sse.js";

async function read(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const bytes = chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : chunk));
  async function* source(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield* bytes;
  }
  const events: string[] = [];
  for await (const data of eventData(source())) events.push(data);
  return events;
}

test.each([
  ["LF", "data: a\n\ndata: b\n\n", ["a", "b"]],
  ["CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
  ["CR", "data: a\r\rdata: b\r\r", ["a", "b"]],
  ["no space after the colon", "data:a\n\n", ["a"]],
  ["only one space belongs to the field", "data:  a\n\n", [" a"]],
  ["several data lines are one text", "data: a\ndata: b\n\n", ["a\nb"]],
  ["a data line without a colon is empty", "data\ndata: b\n\n", ["\nb"]],
  ["comments and keep-alives", ": hello\n\n:\n\ndata: a\n: in between\n\n\n\n", ["a"]],
  ["other fields", "event: x\nid: 1\nretry: 5\ndata: a\n\nevent: y\n\n", ["a"]],
  ["fields that only begin alike", "database: x\n\ndata: a\n\n", ["a"]],
  ["a byte order mark", "\ufeffdata: a\n\n", ["a"]],
  ["no empty line at the end", "data: a\n\ndata: [DONE]", ["a", "[DONE]"]],
  ["nothing", "", []],
])("%s", async (_, text, expected) => {
  expect(await read(text)).toEqual(expected);
});

test("an event is told as soon as its empty line is there", async () => {
  const served: string[] = [];
  async function* source(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    served.push("a");
    yield Buffer.from("data: a\n\n");
    served.push("b");
    yield Buffer.from("data: b\n\n");
  }
  const events = eventData(source());
  expect((await events.next()).value).toBe("a");
  expect(served).toEqual(["a"]);
  await events.return();
});

test("it is the same wherever the bytes are cut", async () => {
  const text = 'data: {"x":"é😀"}\r\n\r\n: note\r\ndata: one\r\ndata: two\r\n\r\ndata: end\n\n';
  const bytes = Buffer.from(text);
  const whole = await read(text);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const chunks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
      expect(await read(...chunks)).toEqual(whole);
    }),
  );
});

test("a line without an end does not fill the memory", async () => {
  const chunk = Buffer.alloc(1024 * 1024, "x");
  await expect(read(...Array.from({ length: 18 }, () => chunk))).rejects.toThrow(RangeError);
});
