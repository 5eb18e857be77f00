import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  contentFileProblem,
  contentHash,
  contentSchema,
  readContent,
  type Content,
} from "../../../provider/inputs/content";

const SIGNED = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };
const hash = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const asset = (values: Record<string, unknown>): Content => ({ ...SIGNED, hash: "", ...values }) as Content;

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "content-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(bytes: string | Uint8Array): Content {
  const path = join(folder, "document.md");
  writeFileSync(path, bytes);
  return asset({ path, hash: hash(bytes) });
}

const problems = (content: unknown): string[] =>
  contentSchema.safeParse(content).error?.issues.map(({ message }) => message) ?? [];

test("text and an asset with the same text have the same hash", () => {
  expect(contentHash("grüße")).toBe(contentHash(asset({ text: "grüße", hash: hash("grüße") })));
});

test("text, a string asset and a file asset are read", () => {
  expect(readContent("a")).toBe("a");
  expect(readContent(asset({ text: "b" }))).toBe("b");
  expect(readContent(file("c"))).toBe("c");
});

test.each([[5], [["a"]], [{}], [{ text: "a" }]])("%j is refused as content", (content) => {
  expect(problems(content)).toEqual([expect.stringContaining("must be text")]);
});

test.each(["", " \n\t"])("empty content %j is refused", (content) => {
  expect(problems(content)).toEqual([expect.stringContaining("is empty")]);
  expect(problems(asset({ text: content }))).toEqual([expect.stringContaining("is empty")]);
});

test("content that is too long for certain is refused with its size and the limit", () => {
  expect(problems("word ".repeat(512))).toEqual([]);
  expect(problems("word ".repeat(513))).toEqual([expect.stringMatching(/at least 513 tokens.*about 512/u)]);
});

test.each([
  ["without spaces", "x".repeat(6_000_000)],
  ["of nothing but spaces and a word", `${" ".repeat(70_000)}word`],
  ["of characters of many bytes", "知".repeat(30_000)],
])("content %s that no model takes is refused, as text and in a file", (_what, words) => {
  const refusal = expect.stringMatching(
    /^is too long: over 64 KiB, and the API takes about 512 tokens an item\. Split it into several items, which splitText does,/u,
  );
  expect(problems(words)).toEqual([refusal]);
  expect(contentFileProblem(file(words), {})).toEqual(refusal);
});

test("what is wrong with the text in a file is told before it is deployed", () => {
  expect(contentFileProblem(file("word ".repeat(513)), {})).toMatch(/at least 513 tokens/u);
  expect(contentFileProblem(file(" \n"), {})).toMatch(/^is empty/u);
  expect(contentFileProblem(file(Uint8Array.of(0xff, 0xfe)), {})).toMatch(/^is not UTF-8 text/u);
  expect(contentFileProblem(file("Words."), {})).toBeUndefined();
  expect(contentFileProblem(asset({ path: join(folder, "gone.md") }), {})).toBeUndefined();
});

test("a remote asset is refused by name", () => {
  expect(problems(asset({ uri: "https://example.com/a.md" }))).toEqual([expect.stringContaining("RemoteAsset")]);
});

test("a file that is gone is named", () => {
  expect(() => readContent(asset({ path: join(folder, "gone.md") }))).toThrow(/^content does not exist/u);
});

test("a file that is not UTF-8 is named", () => {
  expect(() => readContent(file(Uint8Array.of(0xff, 0xfe, 0x00)))).toThrow(/^content is not UTF-8/u);
});

test("a file that changed since it was checked is refused", () => {
  const checked = file("before");
  file("after");
  expect(() => readContent(checked)).toThrow(/changed while it was being deployed/u);
});

test("an empty file is named", () => {
  expect(() => readContent(file("\n"))).toThrow(/^content is empty/u);
});
