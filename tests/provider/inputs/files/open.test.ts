import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boundaryAround, follow } from "../../../../provider/inputs/files/boundary";
import { openFile, readAll } from "../../../../provider/inputs/files/open";

let root = "";
const at = (name: string): string => join(root, name);
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "open-")));
  for (const folder of ["repo/.git", "repo/stack/docs", "outside"]) mkdirSync(at(folder), { recursive: true });
  writeFileSync(at("repo/stack/docs/a.md"), "A.");
  writeFileSync(at("outside/key"), "secret");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("The boundary", () => {
  it("is the repository around a folder; without one the project's folder, and without that the folder itself", () => {
    expect(boundaryAround(at("repo/stack/docs"))).toBe(at("repo"));
    rmSync(at("repo/.git"), { recursive: true });
    expect(boundaryAround(at("repo/stack/docs"))).toBe(at("repo/stack/docs"));
    writeFileSync(at("repo/Pulumi.yaml"), "");
    expect(boundaryAround(at("repo/stack/docs"))).toBe(at("repo"));
  });

  it.each<[string, (link: string) => void, boolean]>([
    ["a link to a file outside", (link) => symlinkSync(at("outside/key"), link), true],
    [
      "a link to a link to outside",
      (link) => {
        symlinkSync(at("outside/key"), at("repo/hop"));
        symlinkSync("../../hop", link);
      },
      true,
    ],
    ["a link that leads out and in again", (link) => symlinkSync("../../../repo/stack/docs/a.md", link), false],
    ["a link within", (link) => symlinkSync("a.md", link), false],
    ["a link out to nothing", (link) => symlinkSync("../../../outside/nothing", link), true],
  ])("knows where %s leads", (_what, make, leadsOut) => {
    make(at("repo/stack/docs/link.md"));
    expect(follow("docs/link.md", at("repo/stack"), at("repo")).leadsOut).toBe(leadsOut);
  });

  it("is not left by what the program spells out, but by a folder above that is a link", () => {
    expect(follow(at("outside/key"), at("repo/stack"), at("repo"))).toEqual({
      real: at("outside/key"),
      leadsOut: false,
    });
    expect(follow("../../outside/key", at("repo/stack"), at("repo"))).toEqual({
      real: at("outside/key"),
      leadsOut: false,
    });
    symlinkSync(at("outside"), at("repo/linked"));
    expect(follow("../linked/key", at("repo/stack"), at("repo"))).toEqual({ real: at("outside/key"), leadsOut: true });
    symlinkSync(at("repo/linked"), at("outside/back"));
    expect(follow(at("outside/back/key"), at("repo/stack"), at("repo")).leadsOut).toBe(true);
  });
});

describe("A file is opened", () => {
  it("as it lies there, and stays that file whatever is put in its place", () => {
    const file = openFile(at("repo/stack/docs/a.md"));
    renameSync(at("outside/key"), at("repo/stack/docs/a.md"));
    expect(Buffer.from(readAll(file)).toString()).toBe("A.");
    file.close();
  });

  it.each<[string, () => void]>([
    [
      "a link is put in its place",
      () => {
        rmSync(at("repo/stack/docs/a.md"));
        symlinkSync(at("outside/key"), at("repo/stack/docs/a.md"));
      },
    ],
    [
      "a link is put in the place of its folder",
      () => {
        renameSync(at("repo/stack/docs"), at("repo/old"));
        writeFileSync(at("outside/a.md"), "secret");
        symlinkSync(at("outside"), at("repo/stack/docs"));
      },
    ],
    [
      "a pipe is put in its place",
      () => {
        rmSync(at("repo/stack/docs/a.md"));
        execFileSync("mkfifo", [at("repo/stack/docs/a.md")]);
      },
    ],
    [
      "a folder is put in its place",
      () => {
        rmSync(at("repo/stack/docs/a.md"));
        mkdirSync(at("repo/stack/docs/a.md"));
      },
    ],
  ])("but not where %s after it was found", (_what, swap) => {
    swap();
    expect(() => openFile(at("repo/stack/docs/a.md"))).toThrow();
  });
});
