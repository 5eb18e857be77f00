// A folder of documents as one resource: against what latency and concurrency allow, against reading and hashing the
// files, and against the same texts as a resource each. On the Pulumi CLI where one is on PATH, else on the local engine.
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineRoot } from "pulumi-vultr-inference/testing";

const { LocalWorkspace, PulumiCommand } = createRequire(import.meta.url)("@pulumi/pulumi/automation");

const LATENCY_MS = 20;
const CONCURRENCY = 32;
const DOCUMENTS = 1_000;
const SECTIONS = 10;
const FEW = 300;

const root = mkdtempSync(join(tmpdir(), "bench-documents-"));
const server = fork(fileURLToPath(new URL("documents-server.mjs", import.meta.url)), { env: { LATENCY_MS: String(LATENCY_MS) } });
const port = await new Promise((resolve) => server.once("message", resolve));
const url = `http://127.0.0.1:${port}/v1`;
const hasCli = (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, "pulumi")));
const pulumiCommand = hasCli ? await PulumiCommand.get() : await PulumiCommand.get({ root: engineRoot() });

const text = (document, section) => `## Section ${section} of ${document}\n\nText number ${section} of the document ${document}. ${"It says little, and goes on for a while. ".repeat(13)}\n`;

function writeFolder(name, documents, sections) {
  const folder = join(root, name);
  mkdirSync(folder);
  for (let index = 0; index < documents; index++) {
    const parts = Array.from({ length: sections }, (_, section) => text(index, section));
    writeFileSync(join(folder, `guide-${String(index).padStart(4, "0")}.md`), parts.join("\n"));
  }
  return folder;
}

async function stackOf(name, way, folder) {
  const workDir = join(root, `project-${name}`);
  mkdirSync(workDir);
  return LocalWorkspace.createOrSelectStack(
    { stackName: name, workDir },
    {
      pulumiCommand,
      projectSettings: { name: "bench", runtime: { name: "nodejs", options: { typescript: false } }, main: fileURLToPath(new URL("documents-stack", import.meta.url)) },
      envVars: {
        PULUMI_HOME: join(root, "home"),
        PULUMI_BACKEND_URL: `file://${root}`,
        PULUMI_CONFIG_PASSPHRASE: "bench",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        VULTR_INFERENCE_API_KEY: "a-key-of-the-benchmark",
        VULTR_INFERENCE_BASE_URL: url,
        VULTR_INFERENCE_CONCURRENCY: String(CONCURRENCY),
        BENCH_WAY: way,
        BENCH_FOLDER: folder,
      },
    },
  );
}

const counts = async () => (await fetch(`http://127.0.0.1:${port}/counts`)).json();
const stateBytes = (name) => statSync(join(root, ".pulumi/stacks/bench", `${name}.json`)).size;

/** The most megabytes that a provider process has held, as the system counts them. */
function providerPeak() {
  const peaks = readdirSync("/proc").flatMap((pid) => {
    try {
      if (!/dynamic-provider/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"))) return [];
      return [Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024];
    } catch {
      return [];
    }
  });
  return Math.max(0, ...peaks);
}

async function timed(operation) {
  const start = performance.now();
  let megabytes = 0;
  const watch = existsSync("/proc") ? setInterval(() => (megabytes = Math.max(megabytes, providerPeak())), 100) : undefined;
  await operation();
  clearInterval(watch);
  return { seconds: (performance.now() - start) / 1000, megabytes };
}

function print(name, value, unit, peer, ratio, goal, isAtLeast = false) {
  const ok = ratio === null || (isAtLeast ? ratio >= goal : ratio <= goal);
  console.log(JSON.stringify({ name, value: Number(value.toFixed(3)), unit, peer, ratio: ratio === null ? null : Number(ratio.toFixed(3)), goal, ok }));
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  const empty = await stackOf("empty", "empty", root);
  await empty.up();
  const start = median([await timed(() => empty.up()), await timed(() => empty.up()), await timed(() => empty.up())].map(({ seconds }) => seconds));
  const startPreview = median([await timed(() => empty.preview()), await timed(() => empty.preview()), await timed(() => empty.preview())].map(({ seconds }) => seconds));

  const folder = writeFolder("many", DOCUMENTS, SECTIONS);
  const many = await stackOf("many", "documents", folder);
  await counts();
  const first = await timed(() => many.up());
  const pieces = (await counts())["POST items"];
  const limit = (pieces * LATENCY_MS) / 1000 / CONCURRENCY + start;
  print("documents.up", first.seconds, "s", `${pieces} calls of ${LATENCY_MS} ms, ${CONCURRENCY} at once, and an empty stack`, first.seconds / limit, 1.25);
  if (first.megabytes > 0) print("documents.upMemory", first.megabytes, "MB", "300 MB", first.megabytes / 300, 1);
  print("documents.state", stateBytes("many"), "bytes", "200 bytes a document and 80 a piece", stateBytes("many") / (200 * DOCUMENTS + 80 * pieces), 1);

  await many.up();
  const again = Object.values(await counts()).reduce((sum, count) => sum + count, 0);
  print("documents.secondUpCalls", again, "API calls", "none", again, 0);
  await many.refresh();
  const refresh = (await counts())["GET items"] ?? 0;
  print("documents.refreshCalls", refresh, "lists", "one", refresh, 1);

  // What a preview does with the documents themselves; the rest of its time is the engine's.
  const { documents: provider } = createRequire(import.meta.url)("pulumi-vultr-inference/provider");
  const program = { collectionId: "bench", source: folder, owner: "abcdefghijkl" };
  const { inputs } = await provider.check({}, program);
  const reads = [];
  const checks = [];
  for (let run = 0; run < 25; run++) {
    const began = performance.now();
    for (const file of readdirSync(folder)) createHash("sha256").update(readFileSync(join(folder, file))).digest("hex");
    const read = performance.now();
    await provider.check(inputs, program);
    reads.push((read - began) / 1000);
    checks.push((performance.now() - read) / 1000);
  }
  print("documents.check", median(checks), "s", `reading and hashing the files: ${median(reads).toFixed(3)} s`, median(checks) / median(reads), 1.5);
  const preview = median([await timed(() => many.preview()), await timed(() => many.preview()), await timed(() => many.preview())].map(({ seconds }) => seconds));
  print("documents.preview", preview, "s", `the preview of an empty stack: ${startPreview.toFixed(3)} s`, preview / startPreview, 1.5);

  const edited = join(folder, "guide-0500.md");
  writeFileSync(edited, readFileSync(edited, "utf8").replace("Text number 4", "An edited text, number 4"));
  await counts();
  await many.up();
  const calls = await counts();
  print("documents.editPosts", calls["POST items"] ?? 0, "POST", "at most 3", calls["POST items"] ?? 0, 3);
  print("documents.editDeletes", calls["DELETE item"] ?? 0, "DELETE", "at most 3", calls["DELETE item"] ?? 0, 3);

  const fewFolder = writeFolder("few", FEW, 1);
  const byWay = {};
  for (const way of ["collection", "documents", "items", "byhand"]) {
    // What takes a second or two is done three times: a tenth of a second more or less would count.
    const runs = [];
    for (let run = 0; run < (way === "collection" || way === "documents" ? 3 : 1); run++) {
      const stack = await stackOf(`${way}-${run}`, way, fewFolder);
      runs.push({ ...(await timed(() => stack.up({ parallel: CONCURRENCY }))), bytes: stateBytes(`${way}-${run}`) });
    }
    byWay[way] = { seconds: median(runs.map(({ seconds }) => seconds)), bytes: runs[0].bytes };
  }
  const { collection, documents, items, byhand } = byWay;
  // Beyond what the collection alone takes, which is the start of the engine and of the provider; at least the latency's share.
  const own = ({ seconds }) => Math.max((FEW * LATENCY_MS) / 1000 / CONCURRENCY, seconds - collection.seconds);
  print("documents.againstItems", own(documents), "s beyond the collection alone", `${FEW} items: ${own(items).toFixed(1)} s`, own(items) / own(documents), 10, true);
  print("documents.stateAgainstItems", documents.bytes, "bytes", `${FEW} items: ${items.bytes} bytes`, items.bytes / documents.bytes, 20, true);
  print("documents.againstByHand", own(documents), "s beyond the collection alone", `${FEW} dynamic providers with closures: ${own(byhand).toFixed(1)} s`, own(byhand) / own(documents), 10, true);
  print("documents.stateAgainstByHand", documents.bytes, "bytes", `${FEW} dynamic providers with closures: ${byhand.bytes} bytes`, byhand.bytes / documents.bytes, 20, true);
} finally {
  server.disconnect();
  rmSync(root, { recursive: true });
}
