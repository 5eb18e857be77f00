// A stack of 300 items, 20 ms an API call, against what latency and concurrency allow plus the time of an empty stack.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineRoot, startEmulator } from "pulumi-vultr-inference/testing";
import { either, report, timed } from "./report.mjs";

const { LocalWorkspace, PulumiCommand } = createRequire(import.meta.url)("@pulumi/pulumi/automation");

const ITEMS = either(100, 300);
const LATENCY_MS = 20;
const PARALLEL = 16;

const folder = mkdtempSync(join(tmpdir(), "bench-items-"));
const emulator = await startEmulator({ embeddings: "light", latencyMs: LATENCY_MS });
const pulumiCommand = await PulumiCommand.get({ root: engineRoot() });

async function stackOf(items) {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: `items-${items}`, workDir: folder },
    {
      pulumiCommand,
      // Plain JavaScript: the TypeScript loader would map every stack trace that the SDK takes, which is most of its
      // time.
      projectSettings: {
        name: "bench",
        runtime: { name: "nodejs", options: { typescript: false } },
        main: fileURLToPath(new URL("items-stack", import.meta.url)),
      },
      envVars: {
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: "bench",
        VULTR_INFERENCE_API_KEY: emulator.key,
        VULTR_INFERENCE_BASE_URL: emulator.url,
      },
    },
  );
  await stack.setAllConfig({ items: { value: String(items) } });
  return stack;
}

try {
  const empty = await stackOf(0);
  const full = await stackOf(ITEMS);
  await empty.up({ parallel: PARALLEL });
  const start = await timed(() => empty.up({ parallel: PARALLEL }));
  const limit = (ITEMS * LATENCY_MS) / 1000 / PARALLEL + start;
  const first = await timed(() => full.up({ parallel: PARALLEL }));
  report({
    name: "items.up",
    value: first,
    unit: `s for ${ITEMS} items`,
    peer: "latency, concurrency and an empty stack",
    ratio: first / limit,
    goal: 1.5,
  });
  emulator.journal.clear();
  const second = await timed(() => full.up({ parallel: PARALLEL }));
  report({
    name: "items.secondUp",
    value: second,
    unit: "s",
    peer: "an empty stack",
    ratio: second / start,
    goal: 1.5,
  });
  report({
    name: "items.secondUpCalls",
    value: emulator.journal.length,
    unit: "API calls",
    peer: "none",
    ratio: emulator.journal.length,
    goal: 0,
  });
  await full.destroy({ parallel: PARALLEL });
} finally {
  await emulator.close();
  rmSync(folder, { recursive: true });
}
