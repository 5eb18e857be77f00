import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../support/command.js";
import { LOCAL, onEachEngine } from "../../support/engines.js";
import { ROOT } from "../../support/project-copy.js";
import { Rig } from "../../support/stack.js";
import { MAIN, PROGRAM, Repository } from "./repository.js";
import { report } from "./reported.js";

const BREAD = "# Bread\n\nBaked on Mondays.\n";
const DOCS = { "docs/bread.md": BREAD };

describe("A program that diff runs", () => {
  let repository: Repository;
  const branch = (files: Parameters<Repository["write"]>[0] = {}, stackFolder?: string): Repository => {
    repository = new Repository(stackFolder).write(files).commit();
    repository.git("checkout", "--quiet", "-b", "feature");
    return repository;
  };
  const json = async (...flags: string[]): Promise<ReturnType<typeof report>> =>
    report(await repository.diff("main", "--format", "json", ...flags));
  afterEach(() => repository.remove());

  it("may use other providers, look things up, and ask the API in outputs: none of them is asked", async () => {
    const others = `
      const pulumi = require("@pulumi/pulumi");
      const { Provider, Item, RetrievalTest, listModelsOutput, searchOutput } = require("pulumi-vultr-inference");
      class Bucket extends pulumi.CustomResource { constructor(name, props) { super("cloud:storage:Bucket", name, { ...props, url: undefined }); } }
      const bucket = new Bucket("files", { region: pulumi.output(pulumi.runtime.invoke("cloud:index:getRegion", {})).apply((region) => region.name) });
      const account = new Provider("own", { apiKey: process.env.NOT_SET });
      const c = new Collection("c", { name: bucket.url }, { provider: account });
      new Item("models", { collectionId: c.id, content: listModelsOutput().models.apply((all) => all[0].id) });
      exports.found = searchOutput({ collectionId: Collection.get("old", "old").id, input: "bread" });
      pulumi.runtime.registerStackTransformation(() => undefined);
      const count = String(require("node:fs").readdirSync("docs").length);
      new Item("seeded", { collectionId: c.id, content: count }, { ignoreChanges: ["content"] });
      new Documents("kept", { collectionId: c.id, source: "docs" }, { ignoreChanges: ["source"] });
      new Documents("later", { collectionId: c.id, source: bucket.url });`;
    branch({ ...DOCS, "index.js": PROGRAM('"docs"', others) }).write({ "docs/cake.md": "# Cake\n\nOn Fridays.\n" });
    const found = await json();
    expect(found.problems.map(({ kind, severity, resource = "" }) => [kind, severity, resource])).toEqual([
      ["ignored", "warning", "kept"],
      ["unknown", "warning", "later"],
      ["not-asked", "warning", ""],
    ]);
    expect(found).toMatchObject({
      status: "changed",
      others: [],
      resources: [{ resource: "handbook-documents", documents: [{ name: "cake.md", change: "added" }] }],
    });
  });

  it("may be TypeScript whose types do not fit, export a function, and read a configuration that only the head has", async () => {
    const program = (folder: string): string => `
      import * as pulumi from "@pulumi/pulumi";
      import { KnowledgeBase } from "pulumi-vultr-inference";
      const wrong: number = "no number";
      export = async () => {
        const knowledge = new KnowledgeBase("handbook", { name: new pulumi.Config().require("title") + wrong, documents: ${JSON.stringify(folder)} });
        return { recall: knowledge.recall, best: knowledge.search("bread").apply(([hit]) => hit?.document) };
      };`;
    branch({
      ...DOCS,
      "index.js": undefined,
      "index.ts": program("docs"),
      "package.json": '{ "name": "kb", "private": true, "main": "index.ts" }',
      "Pulumi.yaml": "name: kb\nruntime: nodejs\n",
    });
    repository.write({
      "index.ts": program("pages"),
      "pages/loaf.md": BREAD,
      "docs/bread.md": undefined,
      "Pulumi.dev.yaml": "config:\n  kb:title: T\n",
    });
    expect(await json()).toMatchObject({
      status: "changed",
      problems: [],
      resources: [{ documents: [{ name: "loaf.md", change: "moved", movedFrom: ["bread.md"] }] }],
    });
  });

  it("may rename its resources by aliases, and says where all is embedded again or deleted", async () => {
    const documents = (name: string, collection: string, options = ""): string => `
      const { Collection, Documents } = require("pulumi-vultr-inference");
      const one = new Collection("one", { name: "One" });
      const two = new Collection("two", { name: "Two" });
      new Documents(${JSON.stringify(name)}, { collectionId: ${collection}.id, source: "docs" }${options});`;
    branch({ ...DOCS, "index.js": documents("pages", "one") }).write({
      "index.js": documents("sheets", "one", ', { aliases: [{ name: "pages" }] }'),
    });
    expect(await json()).toMatchObject({
      status: "same",
      problems: [],
      resources: [{ resource: "sheets", chunks: { toEmbed: 0 } }],
    });
    repository.write({ "index.js": documents("pages", "two") });
    expect(await json()).toMatchObject({
      status: "changed",
      problems: [{ kind: "replaced", severity: "warning" }],
      resources: [{ documents: [], chunks: { before: 1, after: 1, toEmbed: 1 } }],
    });
    repository.write({
      "index.js": 'new (require("pulumi-vultr-inference").Item)("note", { collectionId: "c", content: "A note." });',
    });
    const gone = await json();
    expect(gone).toMatchObject({
      status: "changed",
      problems: [{ kind: "removed", severity: "warning" }],
      resources: [{ documents: [{ name: "bread.md", change: "removed" }] }],
    });
    expect(gone.others.map(({ change, type, resource }) => `${change} ${type} ${resource}`)).toEqual([
      "removed Collection one",
      "removed Collection two",
      "added Item note",
    ]);
  });

  it("loads the packages of its own repository as they were, and says where documents are not of the repository", async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "diff-test-outside-")));
    try {
      branch(
        {
          ...DOCS,
          "../../lib/package.json": '{ "name": "lib" }',
          "../../lib/index.js": 'module.exports = "docs";',
          "index.js": PROGRAM('require("lib")'),
        },
        "stacks/kb",
      );
      symlinkSync("../../../lib", join(repository.folder, "node_modules/lib"));
      repository.write({
        "../../lib/index.js": 'module.exports = "pages";',
        "pages/bread.md": BREAD,
        "pages/cake.md": "# Cake\n\nOn Fridays.\n",
      });
      expect(await json()).toMatchObject({
        problems: [],
        resources: [{ documents: [{ name: "cake.md", change: "added" }] }],
      });
      repository.write({ "index.js": PROGRAM(JSON.stringify(outside)) });
      expect((await json()).problems.map(({ kind }) => kind)).toEqual(["delete-guard", "outside"]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it("is named where it could not be run, and nothing is taken for gone that it did not come to", async () => {
    branch(DOCS).write({ "index.js": 'throw new Error("no such luck in " + __dirname);' });
    const ended = await repository.diff("main");
    expect(ended).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/! The program could not be run: .*no such luck/u) as string,
    });
    expect(ended.stdout).toContain("No document differs, as far as they could be compared.");
    repository.commit();
    repository.git("checkout", "--quiet", "-b", "fixed");
    repository.write({ "index.js": PROGRAM() });
    const fixed = await repository.diff("feature", "--format", "json");
    expect(report(fixed)).toMatchObject({
      status: "failed",
      resources: [],
      problems: [
        {
          kind: "program-failed",
          message: expect.stringMatching(/^The program at feature could not be run: /u) as string,
        },
      ],
    });
    expect(fixed.stdout).not.toContain("vultr-inference-diff-");

    repository.write({ "index.js": 'require("pulumi-vultr-inference").listModels();' });
    expect((await repository.diff("main")).stdout).toContain("use the function's Output form");
  });
});

describe("Where diff cannot compare, it says what to do:", () => {
  let repository: Repository;
  beforeEach(() => (repository = new Repository().write(DOCS).commit()));
  afterEach(() => repository.remove());
  const errorOf = async (...flags: string[]): Promise<string> => {
    const { code, stdout, stderr } = await repository.diff(...flags);
    expect([code, stdout]).toEqual([1, ""]);
    return stderr;
  };

  it("a base that is not there, a wrong option, several stacks, no stack", async () => {
    expect(await errorOf("nowhere")).toMatch(/^There is no commit "nowhere" here\. Name a branch/u);
    expect(await errorOf("main", "--formt", "json")).toContain("Did you mean --format?");
    expect(await errorOf("main", "--cwd", "docs")).toContain("There is no Pulumi.yaml in");
    repository.write({ "Pulumi.dev.yaml": "config: {}\n", "Pulumi.prod.yaml": "config: {}\n" });
    expect(await errorOf("main")).toContain("Several stacks have settings here (dev, prod): name with --stack");
    repository.write({ "Pulumi.yaml": "name: kb\nruntime: python\n" });
    expect(await errorOf("main", "--stack", "dev")).toContain('runs on "python"');
  });

  it("a shallow clone, whether it lacks the base or what both come from", async () => {
    repository.git("checkout", "--quiet", "-b", "feature");
    repository.git("commit", "--quiet", "--allow-empty", "--message", "More");
    const shallow = `${repository.root}-shallow`;
    const diff = (): Promise<{ stderr: string }> =>
      runCommand(process.execPath, [MAIN, "diff", "origin/main"], shallow, repository.environment);
    try {
      repository.git("clone", "--quiet", "--depth=1", "--branch=feature", `file://${repository.root}`, shallow);
      expect((await diff()).stderr).toMatch(
        /^There is no commit "origin\/main" here\. This clone is shallow.*fetch-depth: 0/u,
      );
      repository.git("-C", shallow, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main");
      expect((await diff()).stderr).toMatch(
        /^It cannot be told where this branch left "origin\/main".*git fetch --unshallow/u,
      );
    } finally {
      rmSync(shallow, { recursive: true, force: true });
    }
  });

  it("no repository, and no git", async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), "diff-test-outside-")));
    try {
      symlinkSync(join(repository.root, "Pulumi.yaml"), join(outside, "Pulumi.yaml"));
      const run = (env: Record<string, string>): Promise<{ stderr: string }> =>
        runCommand(process.execPath, [MAIN, "diff", "main"], outside, { GIT_CEILING_DIRECTORIES: tmpdir(), ...env });
      expect((await run({})).stderr).toBe(`${outside} is in no git repository, so there is nothing to compare with.\n`);
      expect((await run({ PATH: outside })).stderr).toMatch(/^git is not installed/u);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it("an interruption, after which nothing is left and everything is as it was", async () => {
    const begun = join(repository.root, ".git/begun");
    repository.write({
      "index.js": `${PROGRAM()}\nrequire("fs").writeFileSync(${JSON.stringify(begun)}, "");\nsetTimeout(() => {}, 600_000);`,
    });
    const before = repository.footprint();
    const child = spawn(process.execPath, [MAIN, "diff", "main"], {
      cwd: repository.folder,
      env: { ...process.env, ...repository.environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const exited = once(child, "exit");
    while (!existsSync(begun)) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    expect(await exited).toEqual([130, null]);
    expect(repository.left()).toEqual([]);
    expect(repository.footprint()).toBe(before);
  });
});

onEachEngine("The command diff with --live", (engine) => {
  it("says which of the branch's questions the deployed stack answers", async () => {
    // On one of them deployed by the plugin, whose types have other names than those that diff takes down.
    const rig = await Rig.start({ ...engine, isNative: engine === LOCAL });
    const repository = new Repository();
    try {
      const held = { query: "How do refunds work?", expect: { text: "refund" } };
      const declared = {
        collections: { faq: { name: "FAQ" } },
        items: { refund: { in: "faq", content: "A refund takes three days." } },
        tests: { asked: { in: "faq", dependsOn: ["refund"], cases: [held] } },
      };
      await rig.up(declared);
      const program = readFileSync(join(ROOT, "tests/e2e/programs/declared/index.js"), "utf8");
      repository
        .write({
          "index.js": program,
          "Pulumi.yaml": readFileSync(join(rig.folder, "project/Pulumi.yaml"), "utf8").replace(/main: .*/u, "main: ."),
        })
        .commit();
      rig.declare({
        ...declared,
        tests: {
          asked: {
            in: "faq",
            dependsOn: ["refund"],
            minRecall: 0.5,
            cases: [held, { query: "Where is the moon?", expect: { text: "moon" } }],
          },
        },
      });
      const ended = await repository.diffWith(
        { ...(rig.stack.workspace.envVars as Record<string, string>), PATH: engine.path() },
        "main",
        "--stack",
        "test",
        "--live",
        "--format",
        "json",
      );
      expect(report(ended).tests).toEqual([
        {
          resource: "asked",
          holds: true,
          message: "1 of 2 questions hold (recall 0.5, at least 0.5 is wanted).",
          questions: [
            { query: "How do refunds work?", holds: true, isNew: false },
            { query: "Where is the moon?", holds: false, isNew: false },
          ],
        },
      ]);
      expect(ended.code).toBe(0);
    } finally {
      repository.remove();
      await rig.close();
    }
  });
});
