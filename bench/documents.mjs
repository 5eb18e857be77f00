// A folder of documents as one resource: against what latency and concurrency allow, against reading and hashing the
// files, and against the same texts as a resource each. On the Pulumi CLI where one is on PATH, else on the local
// engine.
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineRoot } from "pulumi-vultr-inference/testing";
import { either, median, report, thrice, timed } from "./report.mjs";

const { LocalWorkspace, PulumiCommand } = createRequire(import.meta.url)("@pulumi/pulumi/automation");

const LATENCY_MS = 20;
const CONCURRENCY = 32;
const DOCUMENTS = either(200, 1_000);
const SECTIONS = 10;
/** So many texts as one resource, and as a resource each. */
const SIZES = either([100], [30, 100, 300]);

const root = mkdtempSync(join(tmpdir(), "bench-documents-"));
const server = fork(fileURLToPath(new URL("documents-server.mjs", import.meta.url)), {
  env: { LATENCY_MS: String(LATENCY_MS) },
});
const port = await new Promise((resolve) => server.once("message", resolve));
const url = `http://127.0.0.1:${port}/v1`;
const hasCli = (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, "pulumi")));
const pulumiCommand = hasCli ? await PulumiCommand.get() : await PulumiCommand.get({ root: engineRoot() });

const text = (document, section) =>
  `## Section ${section} of ${document}\n\nText number ${section} of the document ${document}. ` +
  `${"It says little, and goes on for a while. ".repeat(13)}\n`;

function writeFolder(name, documents, sections) {
  const folder = join(root, name);
  mkdirSync(folder);
  for (let index = 0; index < documents; index++) {
    const parts = Array.from({ length: sections }, (_, section) => text(index, section));
    writeFileSync(join(folder, `guide-${String(index).padStart(4, "0")}.md`), parts.join("\n"));
  }
  return folder;
}

let stacks = 0;

async function stackOf(name, way, folder) {
  const workDir = join(root, `project-${name}`);
  mkdirSync(workDir);
  return LocalWorkspace.createOrSelectStack(
    { stackName: name, workDir },
    {
      pulumiCommand,
      projectSettings: {
        name: "bench",
        runtime: { name: "nodejs", options: { typescript: false } },
        main: fileURLToPath(new URL("documents-stack", import.meta.url)),
      },
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
        // The API makes one id of the first characters of a name, so the stacks of an account differ there.
        BENCH_NAME: `${stacks++} bench`,
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

async function measured(operation) {
  let megabytes = 0;
  const watch = existsSync("/proc")
    ? setInterval(() => (megabytes = Math.max(megabytes, providerPeak())), 100)
    : undefined;
  const seconds = await timed(operation);
  clearInterval(watch);
  return { seconds, megabytes };
}

try {
  const empty = await stackOf("empty", "empty", root);
  await empty.up();
  const start = await thrice(() => empty.up());
  const startPreview = await thrice(() => empty.preview());

  const folder = writeFolder("many", DOCUMENTS, SECTIONS);
  const many = await stackOf("many", "documents", folder);
  await counts();
  const first = await measured(() => many.up());
  const chunks = (await counts())["POST items"];
  const limit = (chunks * LATENCY_MS) / 1000 / CONCURRENCY + start;
  report({
    name: "documents.up",
    value: first.seconds,
    unit: `s for ${chunks} chunks`,
    peer: `latency and concurrency, and an empty stack`,
    ratio: first.seconds / limit,
    goal: 1.25,
  });
  if (first.megabytes > 0)
    report({
      name: "documents.upMemory",
      value: first.megabytes,
      unit: "MB",
      peer: "300 MB",
      ratio: first.megabytes / 300,
      goal: 1,
    });
  report({
    name: "documents.state",
    value: stateBytes("many"),
    unit: "bytes",
    peer: "200 bytes a document and 80 a chunk",
    ratio: stateBytes("many") / (200 * DOCUMENTS + 80 * chunks),
    goal: 1,
  });

  await many.up();
  const again = Object.values(await counts()).reduce((sum, count) => sum + count, 0);
  report({ name: "documents.secondUpCalls", value: again, unit: "API calls", peer: "none", ratio: again, goal: 0 });
  await many.refresh();
  const refresh = (await counts())["GET items"] ?? 0;
  report({ name: "documents.refreshCalls", value: refresh, unit: "lists", peer: "one", ratio: refresh, goal: 1 });

  // What a preview does with the documents themselves; the rest of its time is the engine's.
  const { documents: provider } = createRequire(import.meta.url)("pulumi-vultr-inference/provider");
  // The class marks a source as the program's: one that is not is taken for the state's, and not read.
  const program = { collectionId: "bench", source: { folder, declared: "path" }, owner: "abcdefghijkl" };
  const { inputs } = await provider.check({}, program);
  const reads = [];
  const checks = [];
  for (let run = 0; run < either(9, 25); run++) {
    const began = performance.now();
    for (const file of readdirSync(folder))
      createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex");
    const read = performance.now();
    await provider.check(inputs, program);
    reads.push((read - began) / 1000);
    checks.push((performance.now() - read) / 1000);
  }
  report({
    name: "documents.check",
    value: median(checks),
    unit: "s",
    peer: "reading and hashing the files",
    ratio: median(checks) / median(reads),
    goal: 1.5,
  });
  const preview = await thrice(() => many.preview());
  report({
    name: "documents.preview",
    value: preview,
    unit: "s",
    peer: "the preview of an empty stack",
    ratio: preview / startPreview,
    goal: 1.5,
  });

  const edited = join(folder, "guide-0100.md");
  writeFileSync(edited, readFileSync(edited, "utf8").replace("Text number 4", "An edited text, number 4"));
  await counts();
  await many.up();
  const calls = await counts();
  report({
    name: "documents.editPosts",
    value: calls["POST items"] ?? 0,
    unit: "POST",
    peer: "at most 3",
    ratio: calls["POST items"] ?? 0,
    goal: 3,
  });
  report({
    name: "documents.editDeletes",
    value: calls["DELETE item"] ?? 0,
    unit: "DELETE",
    peer: "at most 3",
    ratio: calls["DELETE item"] ?? 0,
    goal: 3,
  });

  for (const size of SIZES) {
    const few = writeFolder(`few-${size}`, size, 1);
    const ways = {};
    for (const way of ["documents", "items", "byhand"]) {
      // What takes a second or two is done three times: a tenth of a second more or less would count.
      const runs = [];
      for (let run = 0; run < (way === "documents" ? 3 : 1); run++) {
        const name = `${way}-${size}-${run}`;
        const stack = await stackOf(name, way, few);
        runs.push({ seconds: await timed(() => stack.up({ parallel: CONCURRENCY })), bytes: stateBytes(name) });
      }
      ways[way] = { seconds: median(runs.map(({ seconds }) => seconds)), bytes: runs[0].bytes };
    }
    const { documents } = ways;
    const isLargest = size === SIZES.at(-1);
    for (const [way, peer] of [
      ["items", `${size} items`],
      ["byhand", `${size} dynamic providers with closures`],
    ]) {
      report({
        name: `documents.time.${way}.${size}`,
        value: documents.seconds,
        unit: "s for the whole up",
        peer,
        ratio: ways[way].seconds / documents.seconds,
      });
      report({
        name: `documents.state.${way}.${size}`,
        value: documents.bytes,
        unit: "bytes",
        peer,
        ratio: ways[way].bytes / documents.bytes,
        goal: isLargest ? either(5, 20) : null,
        isAtLeast: true,
      });
    }
    if (!isLargest) continue;
    // Beyond what a collection alone takes, which is the start of the engine and of the provider; at least the
    // latency's share.
    const alone = [];
    for (let run = 0; run < 3; run++) {
      const stack = await stackOf(`alone-${run}`, "collection", few);
      alone.push(await timed(() => stack.up()));
    }
    const [own, theirs] = [documents, ways.items].map(({ seconds }) =>
      Math.max((size * LATENCY_MS) / 1000 / CONCURRENCY, seconds - median(alone)),
    );
    report({
      name: "documents.own.items",
      value: own,
      unit: "s beyond a collection alone",
      peer: `${size} items`,
      ratio: theirs / own,
      goal: either(3, 10),
      isAtLeast: true,
    });
  }
} finally {
  server.disconnect();
  rmSync(root, { recursive: true });
}
