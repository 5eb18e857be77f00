import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Asset } from "../../../../provider/content";
import { isNameless, isUnchanged, nameOf, openSource, sourceSchema } from "../../../../provider/resources/file/source";
import { UNKNOWN } from "../../../../provider/values";

const SIGNED = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };
const hash = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const asset = (values: Record<string, unknown>): Asset => ({ ...SIGNED, hash: hash("x"), ...values }) as Asset;

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "source-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: string | Uint8Array): Asset {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return asset({ path, hash: hash(bytes) });
}

const problems = (source: unknown): string[] => sourceSchema.safeParse(source).error?.issues.map(({ message }) => message) ?? [];

test("assets of bytes are taken, text or not", () => {
  expect(problems(file("note.md", "A note."))).toEqual([]);
  expect(problems(file("scan.pdf", Uint8Array.of(0xff, 0xfe, 0)))).toEqual([]);
  expect(problems(asset({ text: "A note." }))).toEqual([]);
});

test.each([[undefined], [5], [true], [["a.md"]], [{}], [{ path: "a.md" }]])("%j is refused", (source) => {
  expect(problems(source)).toEqual(["must be the path of a file, or a pulumi.asset.FileAsset or StringAsset"]);
});

test("a remote asset and an archive are refused by name", () => {
  expect(problems(asset({ uri: "https://example.com/a.md" }))).toEqual([expect.stringMatching(/^cannot be a RemoteAsset/u)]);
  expect(problems({ refused: "a FileArchive" })).toEqual([expect.stringMatching(/^cannot be a FileArchive, but must be/u)]);
});

test("a path of which the class could make no asset is explained", () => {
  expect(problems("")).toEqual([expect.stringContaining("is empty")]);
  expect(problems(join(folder, "missing.md"))).toEqual([expect.stringContaining("does not exist")]);
  expect(problems(folder)).toEqual([expect.stringContaining("is a folder")]);
  writeFileSync(join(folder, "late.md"), "Late.");
  expect(problems(join(folder, "late.md"))).toEqual([expect.stringContaining("run the deployment again")]);
});

test("an empty document is refused", () => {
  expect(problems(asset({ text: "", hash: hash("") }))).toEqual([expect.stringContaining("is empty")]);
  expect(problems(file("empty.md", ""))).toEqual([expect.stringContaining("is empty")]);
});

test("a file gives its name, a text has none", () => {
  expect(nameOf(asset({ path: "documents/travel.pdf" }))).toBe("travel.pdf");
  expect(nameOf(asset({ text: "A note." }))).toBeUndefined();
  expect(isNameless(asset({ text: "A note." }))).toBe(true);
  expect(isNameless(asset({ path: "a.md" }))).toBe(false);
  expect(nameOf(UNKNOWN)).toBe(UNKNOWN);
});

test("text is opened as its UTF-8 bytes, a file as its path", async () => {
  await expect(openSource(asset({ text: "grüße" }))).resolves.toEqual(Buffer.from("grüße"));
  const note = file("note.md", "A note.");
  await expect(openSource(note)).resolves.toBe(note.path);
});

test("a file that vanished since it was checked is named", async () => {
  const gone = file("gone.md", "Gone.");
  rmSync(join(folder, "gone.md"));
  await expect(openSource(gone)).rejects.toThrow(/^source: the file ".*gone\.md" does not exist/u);
  await expect(isUnchanged(gone)).resolves.toBe(false);
});

test("a file that changed since it was checked is named", async () => {
  const before = file("note.md", "before");
  file("note.md", "after!");
  await expect(openSource(before)).rejects.toThrow(/^source: the file ".*note\.md" changed .* Nothing was uploaded/u);
});
