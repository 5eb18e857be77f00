import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { engineRoot } from "../../../local/engine/index.js";
import { runCommand, type Ended } from "../../support/command.js";
import { onEachEngine } from "../../support/engines.js";
import { ROOT } from "../../support/project-copy.js";
import { Rig } from "../../support/stack.js";

interface Report {
  status: string;
  findings: { kind: string; resource: string; message: string }[];
  notes: string[];
  unchecked: { reason: string }[];
}

onEachEngine("Drift of ten kinds", (engine) => {
  let rig: Rig;
  beforeEach(async () => (rig = await Rig.start(engine)));
  afterEach(() => rig.close());
  const command = [join(ROOT, "dist/cli/main.js"), "drift", "--stack", "test"];
  const environment = (): Record<string, string> => ({
    ...(rig.stack.workspace.envVars as Record<string, string>),
    PATH: engine.path(),
  });
  const drift = (...flags: string[]): Promise<Ended> =>
    runCommand(
      process.execPath,
      [...command, "--cwd", join(rig.folder, "project"), ...flags],
      rig.folder,
      environment(),
    );
  const report = async (...flags: string[]): Promise<Report> =>
    JSON.parse((await drift("--format", "json", ...flags)).stdout) as Report;
  const kinds = ({ findings }: Report): string[] => findings.map(({ kind, resource }) => `${kind} ${resource}`).sort();

  const docs = (): string => join(rig.folder, "docs");
  async function deploy(): Promise<void> {
    mkdirSync(docs());
    for (const name of ["one", "two"]) writeFileSync(join(docs(), `${name}.md`), `# ${name}\n\nThe text of ${name}.\n`);
    writeFileSync(join(rig.folder, "a.txt"), "A file of some words.");
    await rig.up({
      collections: { kb: { name: "KB" }, gone: { name: "Gone" }, named: { name: "Named" } },
      items: {
        deleted: { in: "named", content: "Alpha" },
        titled: { in: "named", content: "Beta", description: "B" },
        unmarked: { in: "named", content: "Gamma", description: "C" },
      },
      files: {
        kept: { in: "kb", source: { file: join(rig.folder, "a.txt") } },
        removed: { in: "kb", source: { file: join(rig.folder, "a.txt") }, filename: "b.txt" },
      },
      documents: { docs: { in: "named", source: docs(), unmanaged: "report" } },
      tests: {
        asked: {
          in: "named",
          dependsOn: ["docs", "titled"],
          deadlineSeconds: 0,
          revision: "1",
          cases: [{ query: "What is the text of one?", expect: { document: "one.md" }, topK: 1 }],
        },
      },
    });
  }
  const item = (name: string): string => `/vector_store/named/items/${String(rig.stored(name).outputs["itemId"])}`;
  const chunk = async (name: string): Promise<string> =>
    `/vector_store/named/items/${(await rig.items("named")).find(({ description }) => description.includes(`${name}.md`))?.id ?? ""}`;

  it("are told once each by their names, alone and together; what fixes them leaves none", async () => {
    await deploy();
    expect(await report("--plan", "--retrieval")).toMatchObject({ status: "clean", findings: [], unchecked: [] });
    const found: string[] = [];
    const now = async (kind: string, ...flags: string[]): Promise<Report> => {
      found.push(kind);
      const reported = await report(...flags);
      expect(kinds(reported)).toEqual(found.toSorted());
      return reported;
    };
    await rig.ask("PATCH", "/vector_store/kb", { name: "By hand" });
    found.push("collection-renamed kb");
    await rig.ask("DELETE", "/vector_store/gone");
    await now("collection-removed gone");
    await rig.ask("DELETE", item("deleted"));
    found.push("item-removed deleted");
    await rig.ask("PATCH", item("titled"), { description: "By hand" });
    found.push("item-metadata-changed titled");
    await rig.ask("DELETE", `/vector_store/kb/files/${rig.stored("removed").id.split("/")[1] ?? ""}`);
    found.push("file-removed removed");
    await rig.ask("DELETE", await chunk("one"));
    found.push("document-missing docs");
    await rig.ask("POST", "/vector_store/named/items", { content: "Nobody knows me." });
    found.push("foreign-items docs");
    const [sentence] = (await now("retrieval-failed asked", "--retrieval")).findings
      .filter(({ kind }) => kind === "collection-renamed")
      .map(({ message }) => message);
    expect(sentence).toBe('Collection "kb" was renamed from "KB" to "By hand".');
    // Items that nothing manages are reported and not pruned: once a deployment has counted them they are known.
    expect(await drift("--fix", "--yes")).toMatchObject({ code: 0 });
    expect(await report("--retrieval", "--plan")).toMatchObject({ status: "clean", findings: [] });
  }, 180_000);

  it("tells of files that failed and of those that stay in ingestion, but not of one that is on its way", async () => {
    writeFileSync(join(rig.folder, "a.txt"), "A file of some words.");
    rig.emulator.faults.add({ operation: "addFile", ingestion: "failed", times: 1 });
    await rig.up({
      collections: { kb: { name: "KB" } },
      files: { broken: { in: "kb", source: { file: join(rig.folder, "a.txt") }, waitForIngestion: false } },
    });
    await new Promise((done) => setTimeout(done, 100));
    expect(kinds(await report())).toEqual(["file-failed broken"]);

    rig.emulator.faults.add({ operation: "addFile", ingestion: "stuck", times: 1 });
    expect(await drift("--fix", "--yes")).toMatchObject({ code: 0 });
    const going = await report();
    expect([going.status, going.notes]).toEqual([
      "clean",
      [expect.stringMatching(/^File "broken" \("a\.txt"\) is still being ingested/u)],
    ]);
    expect(kinds(await report("--stuck-minutes", "0"))).toEqual(["file-stuck broken"]);
  }, 120_000);

  it("is none after a deployment that was killed and finished by the next one, ten times in a row", async () => {
    mkdirSync(docs());
    for (let index = 0; index < 20; index++)
      writeFileSync(join(docs(), `${index}.md`), `# ${index}\n\nThe text of ${index}.\n`);
    const path = engine.name === "local engine" ? `${join(engineRoot(), "bin")}:${engine.path()}` : engine.path();
    rig.declare({ collections: { kb: { name: "KB" } }, documents: { docs: { in: "kb", source: docs() } } });
    const child = spawn("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "test"], {
      cwd: join(rig.folder, "project"),
      env: { ...process.env, ...environment(), PATH: path },
      stdio: "ignore",
      detached: true,
    });
    const ended = once(child, "exit");
    while (rig.emulator.journal.filter(({ operation }) => operation === "addItem").length < 5)
      await new Promise((done) => setTimeout(done, 5));
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await ended;
    await rig.stack.cancel().catch(() => undefined);
    await rig.up();
    const times = Number(process.env["DRIFT_TIMES"] ?? 1);
    for (let time = 0; time < times; time++) expect(await drift("--plan")).toMatchObject({ code: 0 });
  }, 180_000);

  it("is an XML that CI systems read, whatever stands in names", async () => {
    await rig.up({ collections: { kb: { name: "KB" } } });
    await rig.ask("PATCH", "/vector_store/kb", { name: 'a <b> & "c" ]]> \u0007 é 🦊' });
    const { stdout } = await drift("--format", "junit");
    expect(XMLValidator.validate(stdout)).toBe(true);
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(stdout) as {
      testsuites: Record<string, unknown>;
    };
    // What the readers of Jenkins, GitLab and GitHub's reporters require of a suite and a case.
    expect(testsuites).toMatchObject({
      tests: "1",
      failures: "1",
      errors: "0",
      testsuite: {
        name: "e2e/test",
        tests: "1",
        failures: "1",
        errors: "0",
        time: "0",
        testcase: {
          name: "Collection kb",
          classname: "vultr-inference.drift",
          time: "0",
          failure: { type: "collection-renamed", message: expect.stringContaining('a <b> & "c" ]]>') as string },
        },
      },
    });
  }, 60_000);

  it("is fixed where a person on a terminal says yes, and not where they say no; Ctrl-C leaves everything as it was", async () => {
    await rig.up({ collections: { kb: { name: "KB" } } });
    await rig.ask("PATCH", "/vector_store/kb", { name: "By hand" });
    const terminal = async (answer: string): Promise<string> => {
      const line = [process.execPath, ...command, "--cwd", join(rig.folder, "project"), "--fix"].join(" ");
      const child = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
        env: { ...process.env, ...environment() },
        stdio: ["pipe", "pipe", "inherit"],
      });
      let shown = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        if (!shown.includes("(yes/no)") && (shown + text).includes("(yes/no)")) child.stdin.write(answer);
        shown += text;
      });
      await once(child, "exit");
      return shown;
    };
    expect(await terminal("no\n")).toContain("update Collection kb");
    expect((await rig.collections()).map(({ name }) => name)).toEqual(["By hand"]);
    await terminal("\u0003");
    expect((await rig.collections()).map(({ name }) => name)).toEqual(["By hand"]);
    expect(
      readdirSync(join(rig.folder, "state/.pulumi")).includes("locks") &&
        existsSync(join(rig.folder, "state/.pulumi/locks/organization/e2e/test")) &&
        readdirSync(join(rig.folder, "state/.pulumi/locks/organization/e2e/test")).length > 0,
    ).toBe(false);
    expect(await terminal("yes\n")).toContain("no drift");
    expect((await rig.collections()).map(({ name }) => name)).toEqual(["KB"]);
  });

  it("shows neither keys nor secret texts", async () => {
    await rig.up({
      collections: { kb: { name: "KB" } },
      items: { hushed: { in: "kb", content: { secret: "the-hushed-text" }, description: "D" } },
    });
    await rig.ask("DELETE", `/vector_store/kb/items/${String(rig.stored("hushed").outputs["itemId"])}`);
    const { stdout, stderr } = await drift(
      "--plan",
      "--output",
      "drift.json",
      "--output",
      "drift.md",
      "--output",
      "junit:drift.xml",
    );
    const written = ["drift.json", "drift.md", "drift.xml"].map((name) => readFileSync(join(rig.folder, name), "utf8"));
    expect(stderr).not.toContain("the-hushed-text");
    for (const text of [stdout, ...written]) {
      expect(text).toContain("hushed");
      expect(text).not.toContain("the-hushed-text");
      expect(text + stderr).not.toContain(rig.emulator.key);
    }
  }, 120_000);
});
