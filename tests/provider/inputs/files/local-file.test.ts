import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileProblem, hashOf, openLocal } from "../../../../provider/inputs/files/local-file";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "local-file-"));
  writeFileSync(at("note.md"), "A note.");
  symlinkSync("note.md", at("link.md"));
  symlinkSync("loop-b", at("loop-a"));
  symlinkSync("loop-a", at("loop-b"));
  mkdirSync(at("folder"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(["note.md", "link.md", "folder/../note.md"])("%s is a file", (name) => {
  expect(fileProblem(at(name))).toBeUndefined();
});

test.each([
  ["missing.md", /^does not exist: relative paths count from the program's folder, \//u],
  ["note.md/inside", /does not exist/u],
  ["folder", /^is a folder, but must be a file/u],
  ["loop-a", /^is a circular symbolic link/u],
  ["nul\0byte", /cannot be read \(ERR_INVALID_ARG_VALUE\)/u],
])("%j is none", (name, expected) => {
  expect(fileProblem(at(name))).toMatch(expected);
});

test("an empty path is none", () => {
  expect(fileProblem("")).toMatch(/is empty/u);
});

test("a socket is none", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(at("socket"), resolve));
  expect(fileProblem(at("socket"))).toMatch(/is not a regular file/u);
  await new Promise((resolve) => server.close(resolve));
});

// The superuser may read everything.
(process.getuid?.() === 0 ? test.skip : test)("a file without permission is none", () => {
  writeFileSync(at("closed.md"), "x");
  chmodSync(at("closed.md"), 0);
  expect(fileProblem(at("closed.md"))).toMatch(/may not be read .* change its permissions/u);
});

test("the hash is of the bytes", async () => {
  const file = openLocal(at("note.md"), {});
  await expect(hashOf(file)).resolves.toBe(createHash("sha256").update("A note.").digest("hex"));
  file.close();
});
