// Looking for drift: of 10,000 chunks against a bare refresh of the same stack, and of 50 stacks, two at once, against
// what one of them takes. On the Pulumi CLI where one is on PATH, else on the local engine.
import { fork } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { detectDrift } from "pulumi-vultr-inference/automation";
import { engineRoot } from "pulumi-vultr-inference/testing";
import { either, median, report, thrice, timed } from "./report.mjs";

const { LocalWorkspace, PulumiCommand } = createRequire(import.meta.url)("@pulumi/pulumi/automation");

const DOCUMENTS = either(200, 1_000);
const SECTIONS = 10;
const STACKS = either(6, 50);
const AT_ONCE = 2;

const root = mkdtempSync(join(tmpdir(), "bench-drift-"));
const server = fork(fileURLToPath(new URL("documents-server.mjs", import.meta.url)), { env: { LATENCY_MS: "5" } });
const port = await new Promise((resolve) => server.once("message", resolve));
const url = `http://127.0.0.1:${port}/v1`;
const hasCli = (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, "pulumi")));
const pulumiCommand = hasCli ? await PulumiCommand.get() : await PulumiCommand.get({ root: engineRoot() });

let made = 0;

async function stackOf(name, way, folder) {
  const workDir = join(root, `project-${name}`);
  mkdirSync(workDir);
  const settings = {
    name: "bench",
    runtime: { name: "nodejs", options: { typescript: false } },
    main: fileURLToPath(new URL("documents-stack", import.meta.url)),
  };
  const envVars = {
    PULUMI_HOME: join(root, "home"),
    PULUMI_BACKEND_URL: `file://${root}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    VULTR_INFERENCE_API_KEY: "a-key-of-the-benchmark",
    VULTR_INFERENCE_BASE_URL: url,
    VULTR_INFERENCE_CONCURRENCY: "64",
    BENCH_WAY: way,
    BENCH_FOLDER: folder,
    // The API makes one id of the first characters of a name, so the stacks of an account differ there.
    BENCH_NAME: `${made++} bench`,
  };
  return LocalWorkspace.createOrSelectStack(
    { stackName: name, workDir },
    { pulumiCommand, projectSettings: settings, envVars },
  );
}

const counts = async () => (await fetch(`http://127.0.0.1:${port}/counts`)).json();
async function clean(stack) {
  const { status, unchecked } = await detectDrift(stack);
  if (status !== "clean") throw new Error(`${stack.name}: ${status} ${JSON.stringify(unchecked)}`);
}

try {
  const folder = join(root, "docs");
  mkdirSync(folder);
  for (let index = 0; index < DOCUMENTS; index++) {
    const sections = Array.from(
      { length: SECTIONS },
      (_, section) => `## Section ${section} of ${index}\n\nText number ${section} of ${index}.\n`,
    );
    writeFileSync(join(folder, `${index}.md`), sections.join("\n"));
  }
  const many = await stackOf("many", "documents", folder);
  await many.up();
  await counts();
  await clean(many);
  const lists = (await counts())["GET items"] ?? 0;
  report({
    name: "drift.lists",
    value: lists,
    unit: "lists of items",
    peer: "one a collection",
    ratio: lists,
    goal: 1,
  });
  const refresh = await thrice(() => many.previewRefresh());
  const drift = await thrice(() => clean(many));
  report({
    name: "drift.chunks",
    value: drift,
    unit: "s",
    peer: `a refresh of the same ${DOCUMENTS * SECTIONS} chunks`,
    ratio: drift / refresh,
    goal: 1.5,
  });

  const stacks = [];
  for (let index = 0; index < STACKS; index++) {
    const stack = await stackOf(`few-${index}`, "collection", folder);
    await stack.up();
    stacks.push(stack);
  }
  const waiting = () => {
    const queue = [...stacks];
    const work = async () => {
      for (let stack = queue.shift(); stack; stack = queue.shift()) await clean(stack);
    };
    return Promise.all(Array.from({ length: AT_ONCE }, work));
  };
  // What one of two that run at the same time takes: the machine has so many cores.
  const one = median(await Promise.all(stacks.slice(0, AT_ONCE).map(async (stack) => thrice(() => clean(stack)))));
  const ideal = (one * STACKS) / AT_ONCE;
  const all = await timed(waiting);
  report({
    name: "drift.stacks",
    value: all,
    unit: `s for ${STACKS} stacks`,
    peer: `what ${AT_ONCE} at once take each, so many times`,
    ratio: all / ideal,
    goal: 1.3,
  });
} finally {
  server.disconnect();
  rmSync(root, { recursive: true, force: true });
}
