import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { runCommand, type Ended } from "../support/command.js";
import { onEachEngine } from "../support/engines.js";
import { engineRoot } from "../../local/engine/index.js";
import { ROOT } from "../support/project-copy.js";
import { Rig } from "../support/stack.js";

onEachEngine("The example that looks at many stacks", (engine) => {
  it("tells the drift of each, exits 7 for drift and 1 for what could not be checked, and selects nothing", async () => {
    const rig = await Rig.start(engine);
    const source = readFileSync(join(ROOT, "examples/automation/index.ts"), "utf8");
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const program = rig.file("index.js", outputText);
    const project = join(rig.folder, "project");
    const path = engine.name === "local engine" ? `${join(engineRoot(), "bin")}:${engine.path()}` : engine.path();
    const environment = { ...rig.stack.workspace.envVars, PATH: path, NODE_PATH: join(ROOT, "node_modules") };
    const drift = (): Promise<Ended> => runCommand(process.execPath, [program, project], rig.folder, environment);
    try {
      await rig.up({ collections: { faq: { name: "FAQ" } } });
      const other = await runCommand(
        "pulumi",
        ["stack", "init", "other", "--no-select", "--non-interactive"],
        project,
        environment,
      );
      expect(other.code).toBe(0);
      const none = await drift();
      expect(none.stdout.trim().split("\n").sort()).toEqual(["clean  e2e/other", "clean  e2e/test"]);
      expect(none.code).toBe(0);

      await rig.ask("PATCH", "/vector_store/faq", { name: "By hand" });
      const found = await drift();
      expect(found.code).toBe(7);
      expect(found.stdout).toContain('drift  e2e/test\n       Collection "faq" was renamed from "FAQ" to "By hand".\n');
      expect((await rig.stack.workspace.stack())?.name).toBe("test");

      await rig.emulator.close();
      const broken = await drift();
      expect(broken.code).toBe(1);
      expect(broken.stdout).toMatch(/failed e2e\/test\n {7}not checked: /u);
    } finally {
      await rig.close();
    }
  }, 120_000);
});
