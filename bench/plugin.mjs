// The plugin against dynamic resources: the same 300 items, 20 ms an API call, on the local engine; and what its
// process takes to start.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineRoot, startEmulator } from "pulumi-vultr-inference/testing";
import { either, report, timed } from "./report.mjs";

const { LocalWorkspace, PulumiCommand } = createRequire(import.meta.url)("@pulumi/pulumi/automation");

const ITEMS = either(50, 300);
const PARALLEL = 16;
const PLUGIN = fileURLToPath(new URL("../plugin", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "bench-plugin-"));
const emulator = await startEmulator({ embeddings: "light", latencyMs: 20 });
const pulumiCommand = await PulumiCommand.get({ root: engineRoot() });

/** Seconds of a first and a second up, and of a refresh. */
async function measured(isNative) {
  const name = isNative ? "plugin" : "dynamic";
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name, projectName: name, workDir: join(folder) },
    {
      pulumiCommand,
      projectSettings: {
        name: "bench",
        runtime: { name: "nodejs", options: { typescript: false } },
        main: fileURLToPath(new URL("items-stack", import.meta.url)),
        ...(isNative && { plugins: { providers: [{ name: "vultr-inference", path: PLUGIN }] } }),
      },
      envVars: {
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: "bench",
        VULTR_INFERENCE_API_KEY: emulator.key,
        VULTR_INFERENCE_BASE_URL: emulator.url,
        PULUMI_VULTR_INFERENCE_NATIVE: isNative ? "1" : "",
      },
    },
  );
  await stack.setAllConfig({ items: { value: String(ITEMS) } });
  const up = await timed(() => stack.up({ parallel: PARALLEL }));
  const secondUp = await timed(() => stack.up({ parallel: PARALLEL }));
  const refresh = await timed(() => stack.refresh({ parallel: PARALLEL }));
  await stack.destroy({ parallel: PARALLEL });
  return { up, secondUp, refresh };
}

try {
  const dynamic = await measured(false);
  const plugin = await measured(true);
  for (const [what, value] of Object.entries(plugin)) {
    report({
      name: `plugin.${what}`,
      value,
      unit: `s for ${ITEMS} items`,
      peer: "dynamic resources",
      ratio: value / dynamic[what],
      goal: 1.1,
    });
  }
  const started =
    `require(${JSON.stringify(join(PLUGIN, "../dist/plugin/main.js"))}).main([]).then(() => { const { user, system ` +
    "} = process.cpuUsage(); process.stdout.write(String((user + system) / 1e6)); process.exit(0); })";
  const [, seconds] = execFileSync(process.execPath, ["-e", started], { encoding: "utf8" }).split("\n");
  report({ name: "plugin.startUp", value: Number(seconds), unit: "s of CPU", goal: 0.7 });
} finally {
  await emulator.close();
  rmSync(folder, { recursive: true });
}
