import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { filePart } from "../../../provider/client/http/multipart.js";
import { clientAgainst, errorOf } from "./support/client.js";
import { answer, type Received, reset, silent } from "./support/wire.js";

const file = { id: "f1", filename: "a.md", status: "enqueued", items: 0, tokens: 0 };
const added = answer(201, { file });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "files-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** The one part of a multipart body: its headers and bytes. */
function part({ headers, body }: Received): { headers: string; bytes: string } {
  const boundary = /^multipart\/form-data; boundary=(.+)$/u.exec(headers["content-type"] ?? "")?.[1] ?? "none";
  const [, head = "", bytes = ""] =
    new RegExp(`^--${boundary}\r\n(.*?)\r\n\r\n(.*)\r\n--${boundary}--\r\n$`, "su").exec(body) ?? [];
  return { headers: head, bytes };
}

test("bytes, a path and a stream arrive as the one part named file", async () => {
  const text = "first line\r\nsecond line\r\n\r\nlast";
  await writeFile(join(folder, "a.md"), text);
  for (const source of [
    Buffer.from(text),
    new Uint8Array(Buffer.from(text)),
    join(folder, "a.md"),
    Readable.from([text.slice(0, 5), Buffer.from(text.slice(5))]),
  ]) {
    const { client, server } = await clientAgainst([added]);
    expect(await client.files.add("docs", { filename: "a.md", source })).toEqual(file);
    const [request] = server.requests;
    expect(part(request!)).toEqual({
      headers: 'content-disposition: form-data; name="file"; filename="a.md"\r\ncontent-type: text/markdown',
      bytes: text,
    });
    expect("content-length" in request!.headers).toBe(!(source instanceof Readable));
  }
});

test("an empty file is a file", async () => {
  await writeFile(join(folder, "empty.txt"), "");
  for (const source of [Buffer.alloc(0), join(folder, "empty.txt")]) {
    const { client, server } = await clientAgainst([added]);
    await client.files.add("docs", { filename: "empty.txt", source });
    expect(part(server.requests[0]!).bytes).toBe("");
  }
});

test("a large file arrives whole", async () => {
  const bytes = Buffer.alloc(3 * 1024 * 1024 + 7, "0123456789");
  await writeFile(join(folder, "large.bin"), bytes);
  const { client, server } = await clientAgainst([added]);
  await client.files.add("docs", { filename: "large.bin", source: join(folder, "large.bin") });
  await client.files.add("docs", { filename: "large.bin", source: bytes });
  const hash = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
  expect(server.requests.map((request) => hash(part(request).bytes))).toEqual([hash(bytes), hash(bytes)]);
});

test("a filename cannot break out of its header", async () => {
  const { client, server } = await clientAgainst([added]);
  await client.files.add("docs", { filename: 'a"; name="x.pdf', source: Buffer.from("x") });
  expect(part(server.requests[0]!).headers).toContain('filename="a%22; name=%22x.pdf"');
  const error = await errorOf(client.files.add("docs", { filename: "a\r\nx: y", source: Buffer.from("x") }));
  expect(error).toMatchObject({ code: "usage", operation: "addFile" });
});

test.each([
  ["is not there", (dir: string) => join(dir, "nope.md"), /nope.md" cannot be sent: it cannot be read \(ENOENT\)/u],
  ["is a folder", (dir: string) => dir, /it is not a file/u],
])("a path that %s is an error that names it, and nothing is sent", async (_, pathIn, message) => {
  const { client, server } = await clientAgainst([added]);
  const error = await errorOf(client.files.add("docs", { filename: "a.md", source: pathIn(folder) }));
  expect(error).toMatchObject({ code: "usage", operation: "addFile" });
  expect(error.message).toMatch(message);
  expect(server.requests).toHaveLength(0);
});

test("a source that is none is refused", async () => {
  const { client } = await clientAgainst([added]);
  const error = await errorOf(client.files.add("docs", { filename: "a.md", source: 5 as never }));
  expect(error.message).toContain("source must be bytes, the path of a file, or a readable stream");
});

test("what can be read again is sent again after 429, a stream is not", async () => {
  const busy = answer(429);
  const bytes = await clientAgainst([busy, added]);
  await bytes.client.files.add("docs", { filename: "a.md", source: Buffer.from("x") });
  expect(part(bytes.server.requests[1]!).bytes).toBe("x");
  const stream = await clientAgainst([busy, added]);
  expect(
    (await errorOf(stream.client.files.add("docs", { filename: "a.md", source: Readable.from(["x"]) }))).code,
  ).toBe("rate_limit");
  expect(stream.server.requests).toHaveLength(1);
});

test("a stream that was not begun is sent once there is a connection", async () => {
  const { client, server, clock } = await clientAgainst([added], { maxRetries: 3 });
  await server.stop();
  const error = await errorOf(client.files.add("docs", { filename: "a.md", source: Readable.from(["x"]) }));
  expect(error).toMatchObject({ code: "connection", outcomeUnknown: false });
  expect(clock.skipped).toHaveLength(3);
});

test("an upload that broke is in doubt, and not repeated", async () => {
  const { client, server } = await clientAgainst([reset]);
  expect(await errorOf(client.files.add("docs", { filename: "a.md", source: Buffer.from("x") }))).toMatchObject({
    code: "connection",
    outcomeUnknown: true,
  });
  expect(server.requests).toHaveLength(1);
});

test("a source that fails on the way fails the upload with its own words", async () => {
  const { client } = await clientAgainst([silent]);
  async function* failing(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield Buffer.from("x");
    throw new Error("the disk is gone");
  }
  const error = await errorOf(client.files.add("docs", { filename: "a.md", source: failing() }));
  expect(error.message).toContain("the disk is gone");
});

test.each(["", "longer than it was"])(
  "a file that changes while it is sent is not taken for whole: %j",
  async (later) => {
    const path = join(folder, "growing.md");
    await writeFile(path, "short");
    const upload = await filePart("addFile", "growing.md", path);
    await writeFile(path, later);
    const sent: Uint8Array[] = [];
    const sending = async (): Promise<void> => {
      for await (const chunk of upload.open()) sent.push(chunk);
    };
    await expect(sending()).rejects.toThrow("it changed while it was being sent");
  },
);

test("an upload has its time counted from the last chunk", async () => {
  const { client, server, clock } = await clientAgainst([added]);
  async function* slow(): AsyncGenerator<Uint8Array> {
    for (let chunk = 0; chunk < 5; chunk++) {
      await new Promise(setImmediate);
      clock.advance(40_000);
      yield Buffer.from(String(chunk));
    }
  }
  await client.files.add("docs", { filename: "a.md", source: slow() });
  expect(part(server.requests[0]!).bytes).toBe("01234");
});
