import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { runCommand, type Ended } from "../../support/command.js";
import { onEachEngine } from "../../support/engines.js";
import { ROOT } from "../../support/project-copy.js";
import { Rig } from "../../support/stack.js";
import { PROGRAM, Repository } from "./repository.js";

interface Report {
  status: string;
  base: { commit: string };
  resources: { resource: string; documents: { name: string; change: string; movedFrom: string[]; sections: { changed: string[]; removed: string[] }; tokens: { toEmbed: number } }[]; documentCount: object; pieces: object }[];
  problems: { kind: string; resource?: string; message: string }[];
  tests?: { resource: string; holds: boolean; message: string }[];
}

const validate = new Ajv().compile(JSON.parse(readFileSync(join(ROOT, "docs/diff.schema.json"), "utf8")) as object);

function report({ stdout, stderr }: Ended): Report {
  const value = JSON.parse(stdout || JSON.stringify({ stderr })) as Report;
  expect([validate(value), validate.errors]).toEqual([true, null]);
  return value;
}

const DOCS = {
  "docs/a.md": "# A\n\nText of a.\n\n## Linux\n\nInstall it so.\n\n## Mac\n\nOtherwise.\n",
  "docs/b.md": "# B\n\nText of b.\n",
  "docs/old.md": "# Old\n\nMoves along.\n",
  "docs/gone.md": "# Gone\n\nGoes away.\n",
};

onEachEngine("The command diff", (engine) => {
  let repository: Repository;
  const branch = (files: Parameters<Repository["write"]>[0] = {}, stackFolder?: string): Repository => {
    repository = new Repository(engine, stackFolder).write(files).commit();
    repository.git("checkout", "--quiet", "-b", "feature");
    return repository;
  };
  afterEach(() => repository.remove());

  it("tells what is added, changed, removed and moved, by section, without key or state, and leaves nothing behind", async () => {
    branch(DOCS).write({ "docs/a.md": "# A\n\nText of a.\n\n## Linux\n\nInstall it otherwise now.\n", "docs/new.md": "# New\n\nFresh.\n" }).commit();
    // What is not committed counts as well.
    repository.write({ "docs/old.md": undefined, "docs/moved.md": DOCS["docs/old.md"], "docs/gone.md": undefined });
    const before = [repository.git("status", "--porcelain"), repository.git("worktree", "list"), readFileSync(join(repository.root, ".git/index")).toString("hex")];
    const { code, stdout, stderr } = await repository.diff("main");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      [
        "handbook-documents: 4 documents, 6 → 5 pieces, 53 → 44 tokens",
        "  ~ a.md  1 of 2 pieces, 15 tokens: Linux; without Mac",
        "  - gone.md  1 piece",
        "  > moved.md  nothing to embed, moved from old.md",
        "  + new.md  1 piece, 6 tokens",
        "",
        `Against main (${repository.git("rev-parse", "--short=7", "main")}). Documents: 1 added, 1 changed, 1 moved, 1 removed, 2 pieces to embed, about 21 tokens.`,
        "",
      ].join("\n"),
    );
    expect([repository.git("status", "--porcelain"), repository.git("worktree", "list"), readFileSync(join(repository.root, ".git/index")).toString("hex")]).toEqual(before);
    expect(repository.left()).toEqual([]);
  }, 60_000);

  it("says that nothing differs, and compares with where the branch left the base", async () => {
    branch(DOCS);
    repository.git("checkout", "--quiet", "main");
    repository.write({ "docs/theirs.md": "# Theirs\n\nNot ours.\n" }).commit();
    repository.git("checkout", "--quiet", "feature");
    repository.git("checkout", "--quiet", "--detach");
    expect(report(await repository.diff("main", "--format", "json"))).toMatchObject({ status: "same", problems: [] });
    expect((await repository.diff("main")).stdout).toContain("No document differs.\n");
  }, 60_000);

  it("writes several files at once, and a comment in which nothing of the documents is markup", async () => {
    branch(DOCS).write({ "docs/x|`y`<b>@me.md": "# New\n\nFresh.\n", ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`docs/more-${index}.md`, `# More ${index}\n\nText ${index}.\n`])) });
    const { code, stdout } = await repository.diffWith({ GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: join(repository.root, "summary.md") }, "main", "--format", "markdown", "--output", "out.json", "--output", "text:out.log");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<!-- vultr-inference diff -->\n### 📚 Documents: 13 added/u);
    expect(stdout).toContain("x\\|\\`y\\`&lt;b\\>@\u2060me.md");
    expect(stdout).toContain("<details><summary>13 documents</summary>\n\n| | Document | |\n");
    expect(readFileSync(join(repository.root, "summary.md"), "utf8")).toBe(`${stdout}\n`);
    expect(report({ code: 0, stdout: readFileSync(join(repository.folder, "out.json"), "utf8"), stderr: "" }).status).toBe("changed");
    expect(readFileSync(join(repository.folder, "out.log"), "utf8")).toContain("  + more-0.md  1 piece");
  }, 60_000);

  it("knows inline texts, several resources, a folder of its own in the repository, and that a base has none yet", async () => {
    const inline = (text: string): string => `const c = new Collection("c", { name: "C" });
      new Documents("faq", { collectionId: c.id, source: { texts: [{ name: "returns", text: ${JSON.stringify(text)} }] } });`;
    branch({ "../manuals/a.md": DOCS["docs/a.md"], "index.js": PROGRAM('"../manuals"', inline("Thirty days.")) }, "stacks/kb");
    repository.write({ "../manuals/b.md": DOCS["docs/b.md"], "index.js": PROGRAM('"../manuals"', inline("Sixty days.")) });
    expect(report(await repository.diff("main", "--format", "json")).resources.map(({ resource, documents }) => [resource, documents.map(({ name, change }) => `${change} ${name}`)])).toEqual([
      ["faq", ["changed returns"]],
      ["handbook-documents", ["added b.md"]],
    ]);

    repository.git("checkout", "--quiet", "--orphan", "empty");
    repository.git("rm", "-r", "--quiet", "--cached", "--force", ".");
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Nothing yet");
    const fresh = report(await repository.diff("empty", "--format", "json"));
    expect(fresh.resources.map(({ documentCount }) => documentCount)).toEqual([{ before: 0, after: 1 }, { before: 0, after: 2 }]);
  }, 90_000);

  it("warns of what would make the deployment fail, and then exits 1", async () => {
    branch({ ...DOCS, "index.js": PROGRAM('{ source: "docs", tokenBudget: 20 }') });
    repository.write({ "docs/big.md": `# Big\n\n${"A sentence about nothing much. ".repeat(20)}\n` });
    const budget = await repository.diff("main", "--format", "json");
    expect(budget.code).toBe(1);
    expect(report(budget).problems).toEqual([{ kind: "over-budget", resource: "handbook-documents", message: expect.stringMatching(/^tokenBudget is 20, but about [\d,]+ tokens/u) as string }]);
    expect(report(budget).resources[0]?.documents).toMatchObject([{ name: "big.md", change: "added" }]);

    repository.write({ "docs/big.md": undefined, "docs/a.md": undefined, "docs/b.md": undefined, "docs/gone.md": undefined });
    expect(report(await repository.diff("main", "--format", "json")).problems).toMatchObject([{ kind: "delete-guard" }]);
    repository.write({ "docs/a.md": Buffer.from([0x41, 0xff, 0xfe, 0x00]) });
    const unreadable = report(await repository.diff("main", "--format", "json"));
    expect(unreadable.problems).toMatchObject([{ kind: "unreadable", message: expect.stringContaining('"a.md"') as string }]);
    expect(unreadable.status).toBe("failed");
  }, 90_000);

  it("needs no passphrase for a configuration with secrets, and shows nothing of a secret source", async () => {
    const secret = `const { secret } = require("@pulumi/pulumi");
      const c = new Collection("c", { name: new Config().requireSecret("name") });
      new Documents("faq", { collectionId: c.id, source: { texts: secret([{ name: "hushed", text: "Whisper" + new Config().require("greeting") }]) } });`;
    const settings = (greeting: string): string => `encryptionsalt: v1:AAAAAAAAAAA=:v1:AAAAAAAAAAAAAAAA:AAAA\nconfig:\n  kb:name:\n    secure: v1:AAAA:BBBB\n  kb:greeting: ${greeting}\n`;
    branch({ ...DOCS, "index.js": PROGRAM('"docs"', secret), "Pulumi.prod.yaml": settings("one") });
    repository.write({ "Pulumi.prod.yaml": settings("two") });
    const ended = await repository.diff("main", "--format", "json");
    expect(report(ended)).toMatchObject({ status: "changed", problems: [], resources: [{ resource: "faq", documents: [], pieces: { toEmbed: 1 } }, { resource: "handbook-documents", pieces: { toEmbed: 0 } }] });
    expect(ended.stdout).not.toContain("hushed");
  }, 60_000);

  it("says whose program could not be run, and takes nothing for gone that it did not come to", async () => {
    branch(DOCS).write({ "index.js": 'throw new Error("no such luck");' });
    const { code, stdout } = await repository.diff("main", "--format", "json");
    expect(code).toBe(1);
    const { problems, resources } = report({ code, stdout, stderr: "" });
    expect(problems).toMatchObject([{ kind: "program-failed", message: expect.stringMatching(/^The program could not be run: .*no such luck/u) as string }]);
    expect(resources).toEqual([]);
  }, 60_000);

  it("says what to do where there is nothing to compare with", async () => {
    branch(DOCS);
    expect(await repository.diff("nowhere")).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^There is no commit "nowhere" here\. Name a branch/u) as string });
    expect((await repository.diff("--upload-pack=x")).code).toBe(1);
    const shallow = `${repository.root}-shallow`;
    try {
      repository.git("commit", "--quiet", "--allow-empty", "--message", "More");
      repository.git("clone", "--quiet", "--depth=1", "--branch=feature", `file://${repository.root}`, shallow);
      expect((await runCommand(process.execPath, [join(ROOT, "dist/cli/main.js"), "diff", "main"], shallow)).stderr).toContain("This clone is shallow: fetch the base first");
    } finally {
      rmSync(shallow, { recursive: true, force: true });
    }
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "outside-")));
    expect((await runCommand(process.execPath, [join(ROOT, "dist/cli/main.js"), "diff", "main"], outside, { GIT_CEILING_DIRECTORIES: tmpdir() })).stderr).toBe(`${outside} is in no git repository, so there is nothing to compare with.\n`);
    rmSync(outside, { recursive: true });
    expect((await repository.diff("main", "--cwd", "docs")).stderr).toContain("There is no Pulumi.yaml in");
    expect((await repository.diff("main", "--formt", "json")).stderr).toContain("Did you mean --format?");
  }, 60_000);

  it("leaves nothing behind when it is interrupted", async () => {
    branch({ ...DOCS, "index.js": `${PROGRAM()}\nsetTimeout(() => {}, 60_000);` });
    const child = spawn(process.execPath, [join(ROOT, "dist/cli/main.js"), "diff", "main"], { cwd: repository.folder, env: { ...process.env, PATH: engine.path(), TMPDIR: join(repository.root, ".git") }, stdio: ["ignore", "ignore", "pipe"], detached: true });
    const exited = once(child, "exit");
    setTimeout(() => process.kill(-(child.pid ?? 0), "SIGINT"), 2500);
    expect(await exited).toEqual([130, null]);
    expect(repository.git("status", "--porcelain")).toBe("");
  }, 60_000);
});

onEachEngine("The command diff with --live", (engine) => {
  it("says which questions the deployed stack still answers", async () => {
    const rig = await Rig.start(engine);
    const repository = new Repository(engine);
    try {
      const cases = [{ query: "How do refunds work?", expect: { text: "refund" } }];
      await rig.up({
        collections: { faq: { name: "FAQ" } },
        items: { refund: { in: "faq", content: "A refund takes three days." } },
        tests: { holds: { in: "faq", dependsOn: ["refund"], cases }, fails: { in: "faq", dependsOn: ["refund"], onFailure: "warn", deadlineSeconds: 0, cases: [{ query: "Where is the moon?", expect: { text: "moon" } }] } },
      });
      repository.write({ ...DOCS, "Pulumi.yaml": readFileSync(join(rig.folder, "project/Pulumi.yaml"), "utf8").replace(/main: .*/u, "main: .") }).commit();
      const { code, stdout } = await repository.diffWith(rig.stack.workspace.envVars, "main", "--stack", "test", "--live", "--format", "json");
      expect(report({ code, stdout, stderr: "" }).tests?.map(({ resource, holds }) => [resource, holds]).sort()).toEqual([["fails", false], ["holds", true]]);
      expect(code).toBe(1);
    } finally {
      repository.remove();
      await rig.close();
    }
  }, 60_000);
});
