// What a user's own test of a stack may look like: the emulator and the engine of the package, and nothing else
// installed.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { engineRoot, startEmulator } from "pulumi-vultr-inference/testing";
import { createClient } from "pulumi-vultr-inference/client";

const [, , kind] = process.argv;
const program = resolve(kind);
const local = join(program, ".local");
mkdirSync(join(local, "state"), { recursive: true });

const emulator = await startEmulator();
const client = createClient({ apiKey: emulator.key, baseUrl: emulator.url });
const environment = { VULTR_INFERENCE_API_KEY: emulator.key, VULTR_INFERENCE_BASE_URL: emulator.url };
// The functions of an inline program are asked from this very process.
if (kind === "inline") Object.assign(process.env, environment);
const stack = await LocalWorkspace.createOrSelectStack(
  kind === "inline"
    ? {
        stackName: "test",
        projectName: "user",
        workDir: local,
        program: (await import(join(program, "index.mjs"))).default,
      }
    : { stackName: "test", workDir: local },
  {
    pulumiCommand: await PulumiCommand.get({ root: engineRoot() }),
    projectSettings: {
      name: "user",
      runtime: kind === "tsx" ? { name: "nodejs", options: { typescript: false, nodeargs: "--import tsx" } } : "nodejs",
      main: program,
    },
    envVars: {
      ...environment,
      PULUMI_HOME: join(local, "home"),
      PULUMI_BACKEND_URL: `file://${join(local, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
    },
  },
);

const up = await stack.up();
const held = await client.items.list("faq");
const refresh = await stack.refresh();
const destroy = await stack.destroy();
const left = await client.collections.list();
await emulator.close();

console.log(
  JSON.stringify({
    up: up.summary.resourceChanges,
    best: up.outputs.best.value,
    held: held.length,
    refresh: refresh.summary.resourceChanges,
    destroy: destroy.summary.resourceChanges,
    left: left.length,
  }),
);
