import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { RereadableSource } from "../../../../provider/client/index";
import type { Asset } from "../../../../provider/inputs/content";
import { isNameless, nameOf, sourceSchema } from "../../../../provider/resources/file/schema";
import { openSource } from "../../../../provider/resources/file/upload";
import { UNKNOWN } from "../../../../provider/engine/values";

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

const problems = (source: unknown): string[] =>
  sourceSchema.safeParse(source).error?.issues.map(({ message }) => message) ?? [];

test("assets of bytes are taken, text or not", () => {
  expect(problems(file("note.md", "A note."))).toEqual([]);
  expect(problems(file("scan.pdf", Uint8Array.of(0xff, 0xfe, 0)))).toEqual([]);
  expect(problems(asset({ text: "A note." }))).toEqual([]);
});

test.each([[undefined], [5], [true], [["a.md"]], [{}], [{ path: "a.md" }]])("%j is refused", (source) => {
  expect(problems(source)).toEqual(["must be the path of a file, or a FileAsset or StringAsset"]);
});

test("a remote asset and an archive are refused by name", () => {
  expect(problems(asset({ uri: "https://example.com/a.md" }))).toEqual([
    expect.stringMatching(/^cannot be a RemoteAsset/u),
  ]);
  expect(problems({ kind: "a FileArchive" })).toEqual([
    expect.stringMatching(/^cannot be a FileArchive, but must be/u),
  ]);
});

test("what the class did not hand to the engine is explained", () => {
  expect(problems({ problem: "is a folder" })).toEqual(["is a folder"]);
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

test("text is opened as its UTF-8 bytes, a file as what can be read more than once", async () => {
  expect((await openSource(asset({ text: "grüße" }), {})).bytes).toEqual(Buffer.from("grüße"));
  const note = await openSource(file("note.md", "A note."), {});
  const bytes = note.bytes as RereadableSource;
  expect(bytes.size).toBe(7);
  for (let time = 0; time < 2; time++) {
    expect(await text(bytes.read())).toBe("A note.");
  }
  writeFileSync(join(folder, "note.md"), "B note.");
  await expect(note.isUnchanged()).resolves.toBe(false);
  note.close();
});

test("a file that vanished since it was checked is named", async () => {
  const gone = file("gone.md", "Gone.");
  rmSync(join(folder, "gone.md"));
  await expect(openSource(gone, {})).rejects.toThrow(/^source does not exist/u);
});

test("a file that changed since it was checked is named", async () => {
  const before = file("note.md", "before");
  file("note.md", "after!");
  await expect(openSource(before, {})).rejects.toThrow(/^source changed .* Nothing was uploaded/u);
});
