import { join } from "node:path";
import { runCommand } from "../../support/command.js";
import { onEachEngine } from "../../support/engines.js";
import { startExample } from "../../support/example.js";
import { ROOT } from "../../support/project-copy.js";

/** How often drift is looked for in each; 10 for a long run. */
const TIMES = Number(process.env["DRIFT_TIMES"] ?? 1);

onEachEngine("Drift of an example that was just deployed", (engine) => {
  it.each([
    ["faq-from-yaml", {}],
    ["ci", { name: "Handbook" }],
    ["two-accounts", undefined],
    ["handbook", { wait: "false" }],
  ] as const)(
    "%s is none",
    async (name, config) => {
      const rig = await startExample(engine, name);
      try {
        const { key } = rig.emulator;
        const settings: Readonly<Record<string, string>> = config ?? {
          shopKey: key,
          shopUrl: rig.emulator.url,
          partnerKey: key,
          partnerUrl: rig.emulator.url,
        };
        await rig.stack.setAllConfig(
          Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { value, secret: value === key }])),
        );
        await rig.up();
        for (let time = 0; time < TIMES; time++) {
          const ended = await runCommand(
            process.execPath,
            [
              join(ROOT, "dist/cli/main.js"),
              "drift",
              "--stack",
              "test",
              "--cwd",
              join(rig.folder, "project"),
              "--retrieval",
              "--format",
              "json",
            ],
            rig.folder,
            {
              ...rig.stack.workspace.envVars,
              PATH: engine.path(),
            },
          );
          expect(JSON.parse(ended.stdout)).toMatchObject({ status: "clean", findings: [], unchecked: [] });
          expect(ended.code).toBe(0);
        }
      } finally {
        await rig.close();
      }
    },
    120_000,
  );
});
