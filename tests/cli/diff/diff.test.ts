import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sessionOf } from "../../support/docs.js";
import { PROGRAM, Repository } from "./repository.js";
import { report } from "./reported.js";

const DOCS = {
  "docs/a.md": "# A\n\nText of a.\n\n## Linux\n\nInstall it so.\n\n## Mac\n\nOtherwise.\n",
  "docs/b.md": "# B\n\nText of b.\n",
  "docs/old.md": "# Old\n\nMoves along.\n",
  "docs/gone.md": "# Gone\n\nGoes away.\n",
};

describe("The command diff", () => {
  let repository: Repository;
  const branch = (files: Parameters<Repository["write"]>[0] = {}, stackFolder?: string): Repository => {
    repository = new Repository(stackFolder).write(files).commit();
    repository.git("checkout", "--quiet", "-b", "feature");
    return repository;
  };
  afterEach(() => repository.remove());

  it("tells what is added, changed, removed and moved, by section, without key or state, and leaves nothing behind", async () => {
    branch(DOCS)
      .write({
        "docs/a.md": "# A\n\nText of a.\n\n## Linux\n\nInstall it otherwise now.\n",
        "docs/new.md": "# New\n\nFresh.\n",
      })
      .commit();
    // What is not committed counts as well.
    repository.write({ "docs/old.md": undefined, "docs/moved.md": DOCS["docs/old.md"], "docs/gone.md": undefined });
    const before = repository.footprint();
    const { code, stdout, stderr } = await repository.diff("main");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [shown] = sessionOf("docs/diff.md");
    expect(shown?.typed).toBe("npx vultr-inference diff main");
    expect(stdout).toBe(shown?.printed.replace("14fd586", repository.git("rev-parse", "--short=7", "main")));
    expect(repository.footprint()).toBe(before);
    expect(repository.left()).toEqual([]);
  });

  it("tells of each section what it was and is, in JSON", async () => {
    branch(DOCS).write({
      "docs/a.md": `Before all.\n\n${DOCS["docs/a.md"].replace("so.", "thus.")}\n## BSD\n\nNot yet.\n`,
      "docs/b.md": `${DOCS["docs/b.md"]}\n# Old\n\nMoves along.\n`,
      "docs/old.md": undefined,
    });
    const [resource] = report(await repository.diff("main", "--format", "json")).resources;
    const sections = resource?.documents.map(({ name, change, movedFrom, sections: all }) => [
      name,
      change,
      movedFrom,
      all.map((one) => [one.headings.join(" › "), one.change, one.tokens.before > 0, one.tokens.toEmbed > 0]),
    ]);
    expect(sections).toEqual([
      [
        "a.md",
        "changed",
        [],
        [
          ["A", "changed", true, true],
          ["A › Linux", "changed", true, true],
          ["A › BSD", "added", false, true],
        ],
      ],
      ["b.md", "changed", ["old.md"], [["Old", "moved", false, false]]],
    ]);
  });

  it("follows no link that leads out of the repository, in either version", async () => {
    branch(DOCS);
    const outside = `${repository.root}-outside.md`;
    writeFileSync(outside, "# Key\n\nThe key is 5f1c77aa.\n");
    symlinkSync(outside, join(repository.root, "docs/key.md"));
    const added = await repository.diff("main");
    repository.commit().git("checkout", "--quiet", "-b", "later");
    rmSync(join(repository.root, "docs/key.md"));
    const removed = await repository.diff("feature", "--format", "json");
    rmSync(outside);
    expect(added.stdout).toContain('"key.md", which is a symbolic link to a place outside the repository');
    expect(removed.stdout).toContain("key.md");
    for (const text of [added.stdout, added.stderr, removed.stdout, removed.stderr])
      expect(text).not.toContain("5f1c77aa");
  });

  it("says that nothing differs, and compares with where the branch left the base, with a detached HEAD too", async () => {
    branch(DOCS);
    repository.git("checkout", "--quiet", "main");
    repository.write({ "docs/theirs.md": "# Theirs\n\nNot ours.\n" }).commit();
    repository.git("checkout", "--quiet", "feature");
    repository.git("checkout", "--quiet", "--detach");
    expect(report(await repository.diff("main", "--format", "json"))).toMatchObject({ status: "same", problems: [] });
    expect((await repository.diff("main")).stdout).toContain("No document differs.\n");
  });

  it("writes several files at once, and a comment in which nothing of the documents is markup", async () => {
    branch(DOCS).write({
      "docs/x|`y`<b>@me.md": "# New\n\nFresh.\n",
      "docs/b.md": "# B\n\nOther </details> | text.\n",
      ...Object.fromEntries(
        Array.from({ length: 12 }, (_, index) => [`docs/more-${index}.md`, `# More ${index}\n\nText ${index}.\n`]),
      ),
    });
    const { code, stdout } = await repository.diffWith(
      { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: join(repository.root, "summary.md") },
      "main",
      "--format",
      "markdown",
      "--output",
      "out.json",
      "--output",
      "text:out.log",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^<!-- vultr-inference diff: kb\/dev -->\n### 📚 Documents: 13 added, 1 changed, 14 chunks to embed, about \d+ tokens\n/u,
    );
    expect(stdout).toMatch(
      /<details><summary>14 documents<\/summary>\n\n\| \| Document \| Chunks \| Tokens \| To embed \|\n\|---\|---\|---\|---\|---\|\n\| \\~ \| b\.md \| 1 \| 8 → \d+ \| \d+ \|/u,
    );
    expect(stdout).toContain("| x&#124;\\`y\\`&lt;b&gt;\u2060@\u2060me.md |");
    expect(stdout.match(/<\/details>/gu)).toHaveLength(2);
    expect(readFileSync(join(repository.root, "summary.md"), "utf8")).toBe(`${stdout}\n`);
    expect(
      report({ code: 0, stdout: readFileSync(join(repository.folder, "out.json"), "utf8"), stderr: "" }).status,
    ).toBe("changed");
    expect(readFileSync(join(repository.folder, "out.log"), "utf8")).toContain("  + more-0.md  1 chunk");
  });

  it("writes a comment that is not too long for one, however much changes", async () => {
    const many = Array.from({ length: 900 }, (_, index): [string, string] => [
      `docs/${"_".repeat(100)}${index}.md`,
      `# ${"*".repeat(60)} ${index}\n\nText ${index}.\n`,
    ]);
    branch().write(Object.fromEntries(many));
    const { stdout } = await repository.diff("main", "--format", "markdown");
    expect(stdout.length).toBeLessThan(65_536);
    expect(stdout).toMatch(/\n… and \d+ more\n/u);
    expect(stdout).toContain("</details>");
  });

  it("knows inline texts, several resources, a folder of its own in the repository, and that a base has none yet", async () => {
    const inline = (text: string): string => `const c = new Collection("c", { name: "C" });
      new Documents("faq", { collectionId: c.id, source: { texts: [{ name: "returns", text: ${JSON.stringify(text)} }] } });`;
    branch(
      { "../manuals/a.md": DOCS["docs/a.md"], "index.js": PROGRAM('"../manuals"', inline("Thirty days.")) },
      "stacks/kb",
    );
    repository.write({
      "../manuals/b.md": DOCS["docs/b.md"],
      "index.js": PROGRAM('require("path").join(__dirname, "../manuals")', inline("Sixty days.")),
    });
    const changed = report(await repository.diff("main", "--format", "json"));
    expect(
      changed.resources.map(({ resource, documents }) => [
        resource,
        documents.map(({ name, change }) => `${change} ${name}`),
      ]),
    ).toEqual([
      ["faq", ["changed returns"]],
      ["handbook-documents", ["added b.md"]],
    ]);
    expect(changed.problems).toEqual([]);

    // A base without the stack, which this branch comes from.
    const [commit] = repository.git("rev-list", "--max-parents=0", "HEAD").split("\n");
    expect(commit).toBe(repository.git("rev-parse", "main"));
    repository.write({ "../README.md": "Nothing yet.\n" });
    const empty = repository.git("commit-tree", repository.git("mktree"), "-m", "Empty");
    repository.git("replace", "--graft", "main", empty);
    const fresh = report(await repository.diff(empty, "--format", "json"));
    expect(fresh.resources.map(({ documentCount }) => documentCount)).toEqual([
      { before: 0, after: 1 },
      { before: 0, after: 2 },
    ]);
    expect(fresh.others.map(({ change, type }) => `${change} ${type}`)).toEqual([
      "added Collection",
      "added Collection",
    ]);
  });

  it("says in the preview's words what would make the deployment fail, and then exits 1", async () => {
    branch({ ...DOCS, "index.js": PROGRAM('{ source: "docs", tokenBudget: 20 }') });
    repository.write({ "docs/big.md": `# Big\n\n${"A sentence about nothing much. ".repeat(20)}\n` });
    const budget = await repository.diff("main", "--format", "json");
    expect(budget.code).toBe(1);
    expect(report(budget).problems).toEqual([
      {
        kind: "over-budget",
        severity: "error",
        resource: "handbook-documents",
        message: expect.stringMatching(
          /^tokenBudget is 20, but about [\d,]+ tokens are to be embedded: raise it/u,
        ) as string,
      },
    ]);
    expect(report(budget).resources[0]?.documents).toMatchObject([{ name: "big.md", change: "added" }]);

    repository.write({
      "docs/big.md": undefined,
      "docs/a.md": undefined,
      "docs/b.md": undefined,
      "docs/gone.md": undefined,
    });
    expect(report(await repository.diff("main", "--format", "json")).problems).toMatchObject([
      {
        kind: "delete-guard",
        message:
          'source lacks 3 of 4 documents that are deployed ("a.md", "b.md", "gone.md"), and maxDeletePercent ' +
          "allows to delete 50 %. Bring them back, or allow it: maxDeletePercent: 75.",
      },
    ]);
    repository.write({ "index.js": PROGRAM('{ source: "docs", maxTokens: 3 }') });
    expect(report(await repository.diff("main", "--format", "json"))).toMatchObject({
      status: "failed",
      resources: [],
      problems: [{ kind: "invalid", message: expect.stringMatching(/^maxTokens /u) as string }],
    });
  });

  it("takes a document that cannot be read neither for removed nor for added", async () => {
    const broken = Buffer.from([0x41, 0xff, 0xfe, 0x00]);
    branch(DOCS).write({ "docs/a.md": broken, "docs/b.md": "# B\n\nOther text.\n" });
    const after = report(await repository.diff("main", "--format", "json"));
    expect(after).toMatchObject({
      status: "failed",
      problems: [{ kind: "unreadable", severity: "error", message: expect.stringContaining('"a.md"') as string }],
    });
    expect(after.resources[0]?.documents.map(({ name, change }) => `${change} ${name}`)).toEqual(["changed b.md"]);
    repository.commit();
    repository.git("checkout", "--quiet", "-b", "fixed");
    repository.write({ "docs/a.md": DOCS["docs/a.md"] });
    const before = await repository.diff("feature", "--format", "json");
    expect(before.code).toBe(0);
    expect(report(before)).toMatchObject({
      status: "unknown",
      problems: [
        {
          kind: "unreadable",
          severity: "warning",
          message: expect.stringMatching(/^The program at feature: .*"a\.md".* It is not compared\.$/u) as string,
        },
      ],
    });
  });

  it("needs no passphrase for a configuration with secrets, and shows nothing of a secret source", async () => {
    const secret = `const { secret } = require("@pulumi/pulumi");
      const c = new Collection("c", { name: new Config().requireSecret("name") });
      new Documents("faq", { collectionId: c.id, source: { texts: secret([{ name: "hushed", text: "Whisper" + new Config().require("greeting") }]) } });`;
    const settings = (greeting: string): string =>
      `encryptionsalt: v1:AAAAAAAAAAA=:v1:AAAAAAAAAAAAAAAA:AAAA\nconfig:\n  kb:name:\n    secure: v1:AAAA:BBBB\n ` +
      ` kb:greeting: ${greeting}\n`;
    branch({ ...DOCS, "index.js": PROGRAM('"docs"', secret), "Pulumi.prod.yaml": settings("one") });
    repository.write({ "Pulumi.prod.yaml": settings("two") });
    const ended = await repository.diff("main", "--format", "json");
    expect(report(ended)).toMatchObject({
      stack: "prod",
      status: "changed",
      problems: [],
      resources: [
        { resource: "faq", documents: [], chunks: { toEmbed: 1 } },
        { resource: "handbook-documents", chunks: { toEmbed: 0 } },
      ],
    });
    expect(ended.stdout).not.toMatch(/hushed|Whisper/u);
  });
});
