import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { clientAgainst, errorOf } from "./support/client.js";
import { answer, reset } from "./support/wire.js";

const marked = (text: string) => `faq#${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;

/** A collection that keeps what is added, and fails as it is told: after it has added a text, or before. */
async function collection(faults: Readonly<Record<number, "before" | "after">> = {}): Promise<{
  baseUrl: string;
  held: { id: string; description: string; content: string }[];
  posts: () => number;
  close: () => Promise<unknown>;
}> {
  const held: { id: string; created: string; description: string; content: string }[] = [];
  let posts = 0;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      if (request.method === "GET")
        return response.end(
          JSON.stringify({ items: held.map(({ id, created, description }) => ({ id, created, description })) }),
        );
      const fault = faults[++posts];
      if (fault === "before") return response.writeHead(500).end();
      const { content, description = content } = JSON.parse(Buffer.concat(pieces).toString()) as {
        content: string;
        description?: string;
      };
      const item = { id: `i${held.length}`, created: "2026-01-01T00:00:00Z", description, content };
      held.push(item);
      if (fault === "after") return request.socket.destroy();
      return response.writeHead(201).end(JSON.stringify({ item, usage: { prompt_tokens: 1, total_tokens: 1 } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    held,
    posts: () => posts,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

test("texts are added once under a tag, whatever was lost, and a second run adds what is missing", async () => {
  const api = await collection({ 2: "after", 4: "before" });
  const { client } = await clientAgainst([], { baseUrl: api.baseUrl, concurrency: 1 });
  const texts = ["One.", "Two.", { content: "Three.", description: "Third" }, "One."];
  const seen: number[] = [];
  const first = await client.items.addMany("faq", texts, {
    tag: "faq",
    onProgress: ({ done, total }) => seen.push(done / total),
  });
  expect(first.added).toBe(4);
  expect(first.items.map(({ description }) => description)).toEqual([
    `One. [${marked("One.")}]`,
    `Two. [${marked("Two.")}]`,
    `Third [${marked("Three.")}]`,
    `One. [${marked("One.")}.2]`,
  ]);
  expect(api.held.map(({ content }) => content).sort()).toEqual(["One.", "One.", "Three.", "Two."]);
  expect(seen.at(-1)).toBe(1);
  const second = await client.items.addMany("faq", [...texts, "Four."], { tag: "faq" });
  expect([second.added, second.items.length, api.held.length]).toEqual([1, 5, 5]);
  await api.close();
});

test("what fails for good ends it, and the next run goes on", async () => {
  const api = await collection();
  const { client } = await clientAgainst([], { baseUrl: api.baseUrl, concurrency: 1 });
  expect(await errorOf(client.items.addMany("faq", ["One.", ""], { tag: "faq" }))).toMatchObject({ code: "usage" });
  expect(await errorOf(client.items.addMany("faq", ["One."], { tag: "no tag" }))).toMatchObject({
    code: "usage",
    message: expect.stringContaining("tag must have") as string,
  });
  const controller = new AbortController();
  const broken = client.items.addMany("faq", ["One.", "Two.", "Three."], {
    tag: "faq",
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect((await errorOf(broken)).code).toBe("aborted");
  expect(api.held).toHaveLength(1);
  expect((await client.items.addMany("faq", ["One.", "Two.", "Three."], { tag: "faq" })).added).toBe(2);
  await api.close();
});

test("without a tag each text is added, and a lost answer is the caller's to judge", async () => {
  const { client, server } = await clientAgainst([reset], { concurrency: 1 });
  expect(await errorOf(client.items.addMany("faq", ["One.", "Two."]))).toMatchObject({
    code: "connection",
    outcomeUnknown: true,
  });
  expect(server.requests).toHaveLength(1);
});

const file = { id: "f1", filename: "a.md", status: "enqueued", items: 0, tokens: 0 };

test("a file is waited for, whatever the API calls its way", async () => {
  const states = ["processing", "chewing"].map((status) => answer(200, { file: { ...file, status } }));
  const { client } = await clientAgainst([
    answer(201, { file }),
    answer(404, "Not found"),
    ...states,
    answer(200, { file: { ...file, status: "completed", items: 2 } }),
  ]);
  const seen: string[] = [];
  const done = await client.files.addAndWait(
    "faq",
    { filename: "a.md", source: new Blob(["# A"]) },
    { onProgress: ({ status }) => seen.push(status) },
  );
  expect(done).toMatchObject({ status: "completed", items: 2 });
  expect(seen).toEqual(["enqueued", "enqueued", "processing", "chewing", "completed"]);
});

test("a file that fails or takes too long is named with its id", async () => {
  const failed = await clientAgainst([
    answer(201, { file }),
    answer(200, { file: { ...file, status: "failed", error: "no text" } }),
  ]);
  expect(
    await errorOf(failed.client.files.addAndWait("faq", { filename: "a.md", source: Buffer.from("x") })),
  ).toMatchObject({
    code: "validation",
    message:
      'The ingestion of file "f1" ("a.md") of collection "faq" has failed (no text); delete it, and add a file ' +
      "that can be read.",
  });
  const slow = await clientAgainst([answer(201, { file }), answer(200, { file: { ...file, status: "processing" } })]);
  expect(
    await errorOf(
      slow.client.files.addAndWait("faq", { filename: "a.md", source: Buffer.from("x") }, { deadlineSeconds: 5 }),
    ),
  ).toMatchObject({ code: "timeout", message: expect.stringContaining("did not end within 5 s") as string });
});
