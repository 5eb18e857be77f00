import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { runCommand, type Ended } from "../../support/command.js";
import { onEachEngine } from "../../support/engines.js";
import { ROOT } from "../../support/project-copy.js";
import { Rig } from "../../support/stack.js";

interface Report {
  status: string;
  findings: { kind: string; resource: string; message: string }[];
  unchecked: { reason: string }[];
}

onEachEngine("The command drift", (engine) => {
  let rig: Rig;
  beforeEach(async () => (rig = await Rig.start(engine)));
  afterEach(() => rig.close());

  const drift = (...flags: string[]): Promise<Ended> =>
    runCommand(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift", "--stack", "test", "--cwd", join(rig.folder, "project"), ...flags], rig.folder, {
      ...(rig.stack.workspace.envVars as Record<string, string>),
      PATH: engine.path(),
    });
  const json = ({ stdout }: Ended): Report => JSON.parse(stdout) as Report;

  it("tells each drift once, mends it, and then finds none", async () => {
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
    expect(json(found).findings.map(({ kind, resource }) => `${kind} ${resource}`).sort()).toEqual([
      "collection-removed old",
      "collection-renamed faq",
      "item-relabelled titled",
      "item-removed gone",
    ]);

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

  it("suggests the option that was meant", async () => {
    const { code, stderr } = await drift("--plam");
    expect([code, stderr]).toEqual([1, expect.stringContaining("Did you mean --plan?")]);
  });
});
