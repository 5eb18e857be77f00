import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { runCommand, type Ended } from "../../support/command.js";
import { onEachEngine } from "../../support/engines.js";
import { ROOT } from "../../support/project-copy.js";
import { Rig, type Declaration } from "../../support/stack.js";

interface Report {
  status: string;
  findings: { kind: string; resource: string; message: string }[];
  unchecked: { reason: string }[];
}

onEachEngine("The command drift", (engine) => {
  let rig: Rig;
  beforeEach(async () => (rig = await Rig.start(engine)));
  afterEach(() => rig.close());

  const drift = (...given: (string | Record<string, string>)[]): Promise<Ended> => {
    const flags = given.filter((one) => typeof one === "string");
    const env: Record<string, string> = Object.assign({}, ...given.filter((one) => typeof one !== "string"));
    return runCommand(
      process.execPath,
      [join(ROOT, "dist/cli/main.js"), "drift", "--stack", "test", "--cwd", join(rig.folder, "project"), ...flags],
      rig.folder,
      {
        ...(rig.stack.workspace.envVars as Record<string, string>),
        PATH: engine.path(),
        ...env,
      },
    );
  };
  const json = ({ stdout }: Ended): Report => JSON.parse(stdout) as Report;

  it("tells each drift once, fixes it, and then finds none", async () => {
    await rig.up({
      collections: { faq: { name: "FAQ" }, old: { name: "Old" } },
      items: {
        kept: { in: "faq", content: "Alpha" },
        gone: { in: "faq", content: "Beta", description: "B" },
        titled: { in: "faq", content: "Gamma", description: "C" },
        inside: { in: "old", content: "Delta" },
      },
    });
    const none = await drift();
    expect(none).toMatchObject({ code: 0, stderr: "" });
    expect(none.stdout).toContain("no drift in 6 resources");

    const id = (name: string): string => String(rig.stored(name).outputs["itemId"]);
    await rig.ask("PATCH", "/vector_store/faq", { name: "Other\u001b[31m" });
    await rig.ask("DELETE", `/vector_store/faq/items/${id("gone")}`);
    await rig.ask("PATCH", `/vector_store/faq/items/${id("titled")}`, { description: "By hand" });
    await rig.ask("DELETE", "/vector_store/old");
    const found = await drift("--format", "json");
    expect(found.code).toBe(7);
    expect(found.stdout).not.toContain("\u001b");
    const valid = new Ajv().compile(JSON.parse(readFileSync(join(ROOT, "docs/drift.schema.json"), "utf8")) as object);
    expect([valid(JSON.parse(found.stdout)), valid.errors]).toEqual([true, null]);
    expect(
      json(found)
        .findings.map(({ kind, resource }) => `${kind} ${resource}`)
        .sort(),
    ).toEqual([
      "collection-removed old",
      "collection-renamed faq",
      "item-metadata-changed titled",
      "item-removed gone",
    ]);

    // An up would deploy it, too.
    const deployed = readFileSync(join(rig.folder, "declared.json"), "utf8");
    rig.declare({
      ...(JSON.parse(deployed) as Declaration),
      outputs: {},
      items: { ...(JSON.parse(deployed) as Declaration).items, undeployed: { in: "faq", content: "Not deployed." } },
    });
    const writes = rig.writes();
    const refused = await drift("--fix", "--yes");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/is not what is deployed.*create Item undeployed.*Nothing was changed/su);
    expect(rig.writes()).toEqual(writes);
    writeFileSync(join(rig.folder, "declared.json"), deployed);

    const fixed = await drift("--fix", "--yes");
    expect(fixed).toMatchObject({ code: 0 });
    expect(fixed.stderr).toContain("create Collection old");
    expect(json(await drift("--format", "json"))).toMatchObject({ status: "clean", findings: [] });
  });

  it("says what it could not check, and never that there is no drift", async () => {
    await rig.up({ collections: { faq: { name: "FAQ" } } });
    await rig.emulator.close();
    rig.environment({ VULTR_INFERENCE_MAX_RETRIES: "0" });
    const { code, stdout } = await drift();
    expect(code).toBe(1);
    expect(stdout).toContain("not everything could be checked");
    expect(stdout).not.toContain("no drift");
  });

  it("tells of documents, files, foreign items, failing questions and what is not deployed, in every format", async () => {
    const docs = join(rig.folder, "docs");
    mkdirSync(docs);
    writeFileSync(
      join(docs, "bread.md"),
      "# Bread\n\n## Mondays\n\nBread is baked on Mondays.\n\n## Fridays\n\nCake is baked on Fridays.\n",
    );
    writeFileSync(join(docs, "cats.md"), "Cats are fed at noon.");
    const declared = {
      collections: { kb: { name: "kb" } },
      documents: { docs: { in: "kb", source: docs, unmanaged: "report" } },
      tests: {
        answers: {
          in: "kb",
          dependsOn: ["docs"],
          revision: "1",
          deadlineSeconds: 0,
          cases: [{ query: "When are cats fed?", expect: { document: "cats.md" }, topK: 1 }],
        },
      },
    };
    await rig.up(declared);
    expect(json(await drift("--format", "json", "--plan", "--retrieval"))).toMatchObject({
      status: "clean",
      findings: [],
      plan: [],
    });

    const titled = async (part: string): Promise<string> =>
      (await rig.items("kb")).find(({ description }) => description.includes(part))?.id ?? "";
    await rig.ask("DELETE", `/vector_store/kb/items/${await titled("Mondays")}`);
    await rig.ask("DELETE", `/vector_store/kb/items/${await titled("cats.md")}`);
    await rig.ask("POST", "/vector_store/kb/items", { content: "By hand." });
    writeFileSync(join(docs, "new.md"), "Dogs are walked in the evening.");
    const before = rig.stateText();
    const summary = join(rig.folder, "summary.md");
    const outputs = ["drift.json", "drift.md", "junit:drift.xml"].flatMap((output) => ["--output", output]);
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const found = await drift(env, "--plan", "--retrieval", ...outputs);
    expect(found.code).toBe(7);
    expect(rig.stateText()).toBe(before);

    const report = JSON.parse(readFileSync(join(rig.folder, "drift.json"), "utf8")) as Report & { plan: object[] };
    expect(report.findings.map(({ kind, message }) => `${kind}: ${message}`).sort()).toEqual([
      'document-changed: Documents "docs": the document "bread.md" has 1 chunk missing (Mondays).',
      'document-missing: Documents "docs": the document "cats.md" is missing.',
      'foreign-items: Documents "docs": 1 foreign item is in the collection, which nothing manages.',
      'retrieval-failed: RetrievalTest "answers" does not pass any more: recall 0.00, wanted 1; not answered: ' +
        '"When are cats fed?".',
    ]);
    expect(report.plan).toEqual([expect.objectContaining({ resource: "docs", step: "update" })]);
    const markdown = readFileSync(join(rig.folder, "drift.md"), "utf8");
    for (const { message } of report.findings) {
      expect(found.stdout).toContain(message);
      expect(found.stderr).toContain(`::warning title=Drift::${message}`);
    }
    expect(markdown).toContain("bread.md");
    expect(readFileSync(summary, "utf8").trim()).toBe(markdown.trim());
    const junit = readFileSync(join(rig.folder, "drift.xml"), "utf8");
    expect(junit.match(/<testcase /gu)).toHaveLength(5);
    expect(junit).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="drift" tests="5" failures="5" errors="0">/u,
    );
  });

  it("looks at a locked stack as a preview does, and fixes none", async () => {
    await rig.up({ collections: { faq: { name: "FAQ" } } });
    await rig.ask("PATCH", "/vector_store/faq", { name: "By hand" });
    const locks = join(rig.folder, "state/.pulumi/locks/organization/e2e/test");
    mkdirSync(locks, { recursive: true });
    writeFileSync(
      join(locks, "6f1c1a52-0000-4000-8000-000000000001.json"),
      JSON.stringify({
        pid: process.pid,
        username: "somebody",
        hostname: hostname(),
        timestamp: new Date().toISOString(),
      }),
    );
    expect(json(await drift("--format", "json")).findings).toMatchObject([{ kind: "collection-renamed" }]);
    const { code, stdout, stderr } = await drift("--fix", "--yes");
    expect(`${stdout}${stderr}`).toContain("Another run works on this stack");
    expect(code).toBe(1);
    expect((await rig.collections()).map(({ name }) => name)).toEqual(["By hand"]);
  });

  it("reads a state that another version of the provider wrote", async () => {
    await rig.up({ collections: { faq: { name: "FAQ" } }, items: { kept: { in: "faq", content: "Alpha" } } });
    const path = join(rig.folder, "state/.pulumi/stacks/e2e/test.json");
    // What a later version may have added.
    writeFileSync(path, readFileSync(path, "utf8").replaceAll('"itemId":', '"ofALaterVersion":"x","itemId":'));
    expect(await drift()).toMatchObject({ code: 0 });
    await rig.ask("DELETE", `/vector_store/faq/items/${String(rig.stored("kept").outputs["itemId"])}`);
    expect(json(await drift("--format", "json")).findings).toMatchObject([{ kind: "item-removed", resource: "kept" }]);
  });

  it("says in one sentence what is wrong with the stack or the passphrase", async () => {
    await rig.up({ collections: { kb: { name: "kb" } } });
    const unknown = await drift("--stack", "nowhere");
    expect(unknown.code).toBe(1);
    expect(`${unknown.stderr}${unknown.stdout}`).toMatch(/nowhere/u);
    expect(`${unknown.stderr}${unknown.stdout}`).not.toMatch(/^\s+at |no drift/mu);
    const locked = await drift({ PULUMI_CONFIG_PASSPHRASE: "wrong" });
    expect(locked.code).toBe(1);
    expect(`${locked.stderr}${locked.stdout}`).toMatch(/passphrase/iu);
    expect(locked.stdout).not.toContain("no drift");
  });

  it("suggests the option that was meant", async () => {
    const { code, stderr } = await drift("--plam");
    expect([code, stderr]).toEqual([1, expect.stringContaining("Did you mean --plan?")]);
  });
});
