import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nothingPrepared } from "../../../emulated";
import { scan } from "../../../../../provider/resources/documents/scan";
import { readSizes } from "../../../../../provider/resources/documents/sizes";
import { listDocuments, reasonOf, type FolderSource } from "../../../../../provider/resources/documents/source/source";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "source-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `The text of ${name}.`);
  }
}
const names = (source: Partial<FolderSource> = {}): string[] =>
  listDocuments({ folder, ...source }).documents.map(({ name }) => name);
const problems = (source: Partial<FolderSource> = {}): string[] =>
  listDocuments({ folder, ...source }).problems.map((problem) => `${problem.property} ${reasonOf(problem)}`);

describe("A folder", () => {
  it("holds every document that can be read, by its path, in the same order on every machine", () => {
    write("b.md", "a/Z.txt", "a/z.pdf", "B.html", "c.exe", "README");
    expect(names()).toEqual(["B.html", "README", "a/Z.txt", "a/z.pdf", "b.md"].sort());
  });

  it(
    "tells of files that belong to it but are of no kind that is read, also of those without an ending that hold " +
      "no text",
    () => {
      write("a.md", "img/b.png", "img/c.PNG", "drafts/d.exe", "LICENSE");
      writeFileSync(join(folder, "tool"), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
      const { documents, unread } = listDocuments({ folder, exclude: ["drafts"] });
      expect(documents.map(({ name }) => name)).toEqual(["LICENSE", "a.md"]);
      expect(unread).toEqual(["img/b.png", "img/c.PNG", "tool"]);
    },
  );

  it("is narrowed by globs without regard to the case of endings", () => {
    write("a.md", "B.MD", "c.Txt", "d.txt");
    expect(names({ include: ["*.md"] })).toEqual(["B.MD", "a.md"]);
    expect(names({ include: ["*.MD", "*.txt"], exclude: ["*.TXT"] })).toEqual(["B.MD", "a.md"]);
  });

  it("takes names as they are: spaces, percent signs, other alphabets, long ones", () => {
    const odd = [
      "with space.md",
      "100%25.md",
      "文書.md",
      "ünïcode.md",
      "quote's.md",
      "#hash?.md",
      `${"x".repeat(200)}.md`,
      "[glob]{a,b}*.md",
    ];
    write(...odd);
    expect(names()).toEqual(odd.map((name) => name.normalize("NFC")).sort());
  });

  it("has its names composed, whatever form the disk has", () => {
    write("u\u0308ber.md");
    expect(names()).toEqual(["über.md"]);
  });

  it("leaves out hidden files, node_modules, and what git ignores, nested and taken back", () => {
    write(
      "a.md",
      ".hidden.md",
      ".git/x.md",
      "node_modules/p/README.md",
      "drafts/b.md",
      "drafts/keep.md",
      "sub/c.md",
      "sub/local.md",
    );
    writeFileSync(join(folder, ".gitignore"), "drafts/*\n!drafts/keep.md\n");
    writeFileSync(join(folder, "sub/.gitignore"), "local.md\n");
    expect(names()).toEqual(["a.md", "drafts/keep.md", "sub/c.md"]);
  });

  it("heeds the rules of the repository around it, but for one that ignores the folder itself", () => {
    write("repo/docs/a.md", "repo/docs/secret.md", "repo/.git/HEAD");
    writeFileSync(join(folder, "repo/.gitignore"), "secret.md\n");
    expect(names({ folder: join(folder, "repo/docs") })).toEqual(["a.md"]);
    writeFileSync(join(folder, "repo/.gitignore"), "docs/\n");
    expect(names({ folder: join(folder, "repo/docs") })).toEqual(["a.md", "secret.md"]);
  });

  it("is narrowed by globs; one that names a folder means all that is in it", () => {
    write("a.md", "guides/b.md", "guides/deep/c.md", "guides/d.txt", "drafts/e.md");
    expect(names({ include: ["guides"] })).toEqual(["guides/b.md", "guides/d.txt", "guides/deep/c.md"]);
    expect(names({ include: ["**/*.md"], exclude: ["drafts/**", "./guides/deep/"] })).toEqual(["a.md", "guides/b.md"]);
    expect(problems({ include: ["!a.md"], exclude: ["../x", ""] })).toEqual([
      expect.stringMatching(/^source\.include\[0\] cannot begin with "!"/u),
      expect.stringMatching(/^source\.exclude\[0\] must be relative to the folder/u),
      expect.stringMatching(/^source\.exclude\[1\] is empty/u),
    ]);
    expect(problems({ include: ["*.exe"] })).toEqual([
      expect.stringMatching(/names files that cannot be read; these can: md, /u),
    ]);
  });

  it("may be empty, which is for the caller to judge", () => {
    expect(listDocuments(folder)).toEqual({ documents: [], problems: [], unread: [] });
  });

  it.each([
    ["nowhere", /^source\.folder does not exist: relative paths count from the program's folder/u],
    ["a.md", /^source\.folder is a file, but must be a folder/u],
  ])("is refused where it is none: %s", (name, expected) => {
    write("a.md");
    expect(problems({ folder: join(folder, name) })).toEqual([expect.stringMatching(expected)]);
  });

  it("follows links within itself once, also in circles, and refuses those that lead out of it or nowhere", () => {
    write("a/b.md");
    symlinkSync(folder, join(folder, "a/circle"));
    symlinkSync(join(folder, "a/b.md"), join(folder, "again.md"));
    expect(names()).toEqual(["a/b.md"]);
    symlinkSync("/etc/hostname", join(folder, "out.md"));
    symlinkSync("nowhere.md", join(folder, "lost.md"));
    expect(problems().sort()).toEqual([
      'source.folder has "lost.md", which is a broken symbolic link: fix it, or exclude it',
      'source.folder has "out.md", which is a symbolic link to a place outside the repository: put the document ' +
        "itself into the repository, exclude it, or set followLinks: true",
    ]);
  });

  it("is refused with all that is wrong with names at once: line breaks, twins in case and in Unicode's forms", () => {
    write("a\nb.md", "Readme.md", "README.md", "über.md", "u\u0308ber.md");
    const found = problems();
    expect(found).toHaveLength(3);
    expect(found.join("\n")).toMatch(/"a\\nb\.md".*has a line break/u);
    expect(found.join("\n")).toContain("which differ in their case alone");
    expect(found.join("\n")).toContain("which differ in the Unicode form of their characters alone");
  });

  it("is refused with every document that cannot be read, each by its name and reason", async () => {
    write("fine.md");
    writeFileSync(join(folder, "bytes.md"), Buffer.from([0x61, 0xff]));
    writeFileSync(join(folder, "broken.json"), "{");
    writeFileSync(join(folder, "front.md"), "---\n: : :\n- a\n---\n");
    const { documents, problems: found } = await scan(
      { folder },
      { maxTokens: 384, overlapTokens: 0 },
      nothingPrepared(),
    );
    expect(documents.map(({ name }) => name)).toEqual(["fine.md"]);
    expect(found.map((problem) => reasonOf(problem).split(",")[0])).toEqual(
      ['has "broken.json"', 'has "bytes.md"', 'has "front.md"'].sort(),
    );
    expect(found.every(({ property }) => property === "source.folder")).toBe(true);
  });

  // The superuser may read everything.
  const unlessRoot = process.getuid?.() === 0 ? it.skip : it;
  unlessRoot("is refused where the user may not read what is in it", async () => {
    write("locked/a.md", "b.md");
    chmodSync(join(folder, "b.md"), 0);
    chmodSync(join(folder, "locked"), 0);
    const found = [
      ...problems(),
      ...(await scan({ folder }, { maxTokens: 384, overlapTokens: 0 }, nothingPrepared())).problems.map((problem) =>
        reasonOf(problem),
      ),
    ].join("\n");
    chmodSync(join(folder, "locked"), 0o700);
    expect(found).toMatch(/"locked\/", which cannot be listed/u);
  });
});

describe("A scan", () => {
  it("reads again and says what changed in between", async () => {
    write("a.md");
    const { documents } = await scan({ folder }, { maxTokens: 384, overlapTokens: 0 }, nothingPrepared());
    await expect(documents[0]?.split()).resolves.toMatchObject([{ content: "The text of a.md." }]);
    await expect(documents[0]?.split()).resolves.toMatchObject([{ content: "The text of a.md." }]);
    writeFileSync(join(folder, "a.md"), "Another text.");
    await expect(documents[0]?.split()).rejects.toThrow(
      'source: "a.md" changed while it was being deployed. Run "pulumi up" again.',
    );
    rmSync(join(folder, "a.md"));
    await expect(documents[0]?.split()).rejects.toThrow("was deleted while it was being read");
  });

  it("splits no document again whose sizes are still right", async () => {
    write("a.md");
    const [first] = (await scan({ folder }, { maxTokens: 384, overlapTokens: 0 }, nothingPrepared())).documents;
    const known = readSizes({ "a.md": `chunks=7 tokens=1234 ${first?.fingerprint}` });
    expect(
      (await scan({ folder }, { maxTokens: 384, overlapTokens: 0 }, nothingPrepared(), known)).documents,
    ).toMatchObject([{ name: "a.md", chunks: 7, tokens: 1234 }]);
    expect(
      (await scan({ folder }, { maxTokens: 256, overlapTokens: 0 }, nothingPrepared(), known)).documents,
    ).toMatchObject([{ chunks: 1 }]);
  });
});

it("A text may have the name of what every object has, but not the one that gets lost on the way", () => {
  const texts = ["constructor", "toString", "__proto__"].map((name) => ({ name, text: "Text." }));
  expect(listDocuments({ texts }).problems.map((problem) => `${problem.property} ${reasonOf(problem)}`)).toEqual([
    'source.texts[2].name is "__proto__", which JavaScript keeps for itself: rename it',
  ]);
});
