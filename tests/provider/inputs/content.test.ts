import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentHash, contentSchema, readContent, type Content } from "../../../provider/inputs/content";

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

const problems = (content: unknown): string[] => contentSchema.safeParse(content).error?.issues.map(({ message }) => message) ?? [];

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
