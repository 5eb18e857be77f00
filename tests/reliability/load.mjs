// What becomes of it under load: a line for each part, and a failure where anything happened that was not asked for.
//   node tests/reliability/load.mjs [--short] [emulator] [documents] [items] [stacks]
// At full length: 64 clients of one emulator for five minutes, 50,000 chunks in one resource, 2,000 items in one stack,
// and
// 20 stacks at once against one API that refuses every tenth request.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createClient } from "pulumi-vultr-inference/client";
import { engineRoot, startEmulator } from "pulumi-vultr-inference/testing";

const { LocalWorkspace, PulumiCommand } = createRequire(import.meta.url)("@pulumi/pulumi/automation");
const PROGRAM = fileURLToPath(new URL("../../bench/documents-stack", import.meta.url));
const INDEX = join(dirname(fileURLToPath(import.meta.url)), "../../dist/local/emulator/index.js");

const { values, positionals } = parseArgs({
  options: { short: { type: "boolean", default: false } },
  allowPositionals: true,
});
const SIZE = values.short
  ? { clients: 16, seconds: 4, documents: 30, sections: 10, items: 60, stacks: 3 }
  : { clients: 64, seconds: 300, documents: 2_500, sections: 20, items: 2_000, stacks: 20 };
const PARTS = { emulator, documents, items, stacks };

const root = mkdtempSync(join(tmpdir(), "vultr-inference-load-"));
let violations = 0;
try {
  const wanted = positionals.length > 0 ? positionals : Object.keys(PARTS);
  for (const name of wanted) {
    const { said, wrong } = await (PARTS[name] ?? unknown(name))();
    violations += wrong.length;
    console.log(`${wrong.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(10)} ${said}`);
    for (const one of wrong.slice(0, 10)) console.log(`     ${one}`);
  }
  console.log(`load: ${wanted.length} cases, ${violations} violations`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
process.exit(violations > 0 ? 1 : 0);

function unknown(name) {
  console.error(`There is no part "${name}". There are: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}

/** The emulator in a process of its own, as users run it. */
async function ownEmulator() {
  const code =
    `require(process.argv[1]).startEmulator({ embeddings: "light" }).then(({ url, key }) => ` +
    "console.log(JSON.stringify({ url, key })))";
  const child = spawn(process.execPath, ["-e", code, INDEX], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const megabytes = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  return { ...JSON.parse(line), megabytes, close: () => void child.kill() };
}

/** Clients that do all kinds of things at once, each with a collection of its own, which stays small. */
async function emulator() {
  const api = await ownEmulator();
  const until = performance.now() + SIZE.seconds * 1000;
  const [times, wrong, memory] = [[], [], []];
  let calls = 0;
  const timed = async (operation) => {
    const began = performance.now();
    try {
      return await operation();
    } finally {
      // Of so many a sample is enough.
      if (calls++ % 10 === 0) times.push(performance.now() - began);
    }
  };
  const work = async (number) => {
    const client = createClient({ apiKey: api.key, baseUrl: api.url, maxRetries: 0, concurrency: SIZE.clients });
    const { id } = await client.collections.create({ name: `Load ${number}` });
    const held = [];
    for (let turn = 0; performance.now() < until; turn++) {
      try {
        const content = `Text ${turn} of client ${number}: bread is baked on day ${turn % 7}.`;
        const { item } = await timed(() => client.items.add(id, { content, description: `${turn}` }));
        held.push(item.id);
        const [first] = held;
        if ((await timed(() => client.items.get(id, item.id))).content !== content)
          wrong.push(`client ${number}: another content than it wrote`);
        await timed(() => client.items.update(id, first, { description: `again ${turn}` }));
        if (turn % 5 === 0) await timed(() => client.search(id, { input: "bread" }));
        if (turn % 7 === 0 && (await timed(() => client.items.list(id))).length !== held.length)
          wrong.push(`client ${number}: another number of items than it holds`);
        if (turn % 11 === 0) await timed(() => client.collections.get(id));
        if (held.length > 20) await timed(() => client.items.delete(id, held.shift()));
      } catch (error) {
        wrong.push(`client ${number}: ${error.message}`);
        if (wrong.length > 20) return;
      }
    }
  };
  const watch = setInterval(() => memory.push(api.megabytes()), Math.max(200, SIZE.seconds * 10));
  await Promise.all(Array.from({ length: SIZE.clients }, (_, number) => work(number)));
  clearInterval(watch);
  api.close();
  times.sort((a, b) => a - b);
  // Flat is the later half against the earlier, once the process has warmed up.
  const peak = (from, to) => Math.max(...memory.slice(Math.floor(memory.length * from), Math.ceil(memory.length * to)));
  const growth = peak(0.6, 1) / peak(0.2, 0.6);
  if (!values.short && growth > 1.3) wrong.push(`memory grew ${growth.toFixed(2)} times`);
  const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
  return {
    said:
      `${SIZE.clients} clients, ${SIZE.seconds} s, ${calls} requests, p99 ${p99.toFixed(0)} ms, ` +
      `${peak(0.6, 1).toFixed(0)} MB at most, ${growth.toFixed(2)} times the first half`,
    wrong,
  };
}

async function stackOf(name, way, folder, { url, key }) {
  const workDir = join(root, `project-${name}`);
  mkdirSync(workDir, { recursive: true });
  return LocalWorkspace.createOrSelectStack(
    { stackName: name, workDir },
    {
      pulumiCommand: await PulumiCommand.get({ root: engineRoot() }),
      projectSettings: { name: "load", runtime: { name: "nodejs", options: { typescript: false } }, main: PROGRAM },
      envVars: {
        PULUMI_HOME: join(root, "home"),
        PULUMI_BACKEND_URL: `file://${root}`,
        PULUMI_CONFIG_PASSPHRASE: "load",
        VULTR_INFERENCE_API_KEY: key,
        VULTR_INFERENCE_BASE_URL: url,
        BENCH_WAY: way,
        BENCH_FOLDER: folder,
        BENCH_NAME: name,
      },
    },
  );
}

function folderOf(name, documents, sections) {
  const folder = join(root, name);
  mkdirSync(folder);
  for (let document = 0; document < documents; document++) {
    const parts = Array.from(
      { length: sections },
      (_, section) =>
        `## Section ${section}\n\nText ${section} of document ${document} of ${name}. ` +
        `${"It goes on for a while. ".repeat(18)}\n`,
    );
    writeFileSync(join(folder, `document-${String(document).padStart(4, "0")}.md`), parts.join("\n"));
  }
  return folder;
}

async function held({ url, key }) {
  const client = createClient({ apiKey: key, baseUrl: url });
  const collections = await client.collections.list();
  const lists = [];
  for (const { id } of collections) lists.push(await client.items.list(id));
  return lists;
}

/** A stack that is deployed, deployed again, and destroyed. */
async function lifeOf(way, folder, expected) {
  const api = await ownEmulator();
  const wrong = [];
  const began = performance.now();
  try {
    const stack = await stackOf(way, way, folder, api);
    await stack.up({ parallel: 16 });
    const seconds = (performance.now() - began) / 1000;
    const [list = []] = await held(api);
    const doubled = list.length - new Set(list.map(({ description }) => description)).size;
    if (list.length !== expected) wrong.push(`${list.length} items where ${expected} are declared`);
    if (doubled > 0) wrong.push(`${doubled} items twice`);
    const { summary } = await stack.up({ parallel: 16 });
    if (Object.keys(summary.resourceChanges ?? {}).join() !== "same")
      wrong.push(`a second up did ${JSON.stringify(summary.resourceChanges)}`);
    await stack.destroy({ parallel: 16 });
    if ((await held(api)).length > 0) wrong.push("something was left over after destroy");
    return { said: `${expected} items: up in ${seconds.toFixed(0)} s, second up without changes, destroyed`, wrong };
  } finally {
    api.close();
  }
}

function documents() {
  return lifeOf("documents", folderOf("many", SIZE.documents, SIZE.sections), SIZE.documents * SIZE.sections);
}

function items() {
  return lifeOf("items", folderOf("few", SIZE.items, 1), SIZE.items);
}

/** Stacks at once against an API that refuses every tenth request for a second. */
async function stacks() {
  const api = await startEmulator({
    embeddings: "light",
    latencyMs: 5,
    faults: [{ operation: "addItem", probability: 0.1, status: 429, retryAfter: 1 }],
  });
  const [wrong, seconds] = [[], []];
  const EACH = 30;
  try {
    await Promise.all(
      Array.from({ length: SIZE.stacks }, async (_, number) => {
        const began = performance.now();
        try {
          await (await stackOf(`stack-${number}`, "items", folderOf(`folder-${number}`, EACH, 1), api)).up();
          seconds.push((performance.now() - began) / 1000);
        } catch (error) {
          wrong.push(`stack ${number}: ${error.message.split("\n").slice(-5).join(" ")}`);
        }
      }),
    );
    const refused = api.journal.filter(({ status }) => status === 429).length;
    const lists = await held(api);
    if (lists.length !== SIZE.stacks) wrong.push(`${lists.length} collections of ${SIZE.stacks}`);
    for (const list of lists) if (list.length !== EACH) wrong.push(`${list.length} items in a collection of ${EACH}`);
    const [fastest, slowest] = [Math.min(...seconds), Math.max(...seconds)];
    if (slowest > 3 * fastest) wrong.push(`one stack took ${slowest.toFixed(0)} s, another ${fastest.toFixed(0)} s`);
    return {
      said:
        `${SIZE.stacks} stacks of ${EACH} items at once, ${refused} requests refused; the slowest took ` +
        `${(slowest / fastest).toFixed(1)} times the fastest`,
      wrong,
    };
  } finally {
    await api.close();
  }
}
