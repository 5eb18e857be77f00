// The local engine against the Pulumi CLI where one is on PATH: 500 resources whose creation takes 20 ms, twice, and a
// stack without any. Wall time and the memory of everything that a command starts, the median of three runs each.
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineRoot } from "pulumi-vultr-inference/testing";
import { either, median, report } from "./report.mjs";

const RESOURCES = either(100, 500);
const LATENCY_MS = 20;
const RUNS = either(1, 3);

const stack = fileURLToPath(new URL("engine-stack", import.meta.url));
const local = join(engineRoot(), "bin/pulumi");
const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
const found = process.env.PATH.split(delimiter).map((folder) => join(folder, "pulumi"));
const cli = found.find((file) => existsSync(file) && realpathSync(file) !== realpathSync(local));
const root = mkdtempSync(join(tmpdir(), "bench-engine-"));

/** Kilobytes that a process and all that it started hold at this moment. */
function memoryOf(pid) {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const stats = processes.flatMap((name) => {
    try {
      const [, ...rest] = readFileSync(`/proc/${name}/stat`, "utf8").split(") ");
      return [
        {
          pid: Number(name),
          parent: Number(rest.join(") ").split(" ")[1]),
          pages: Number(readFileSync(`/proc/${name}/statm`, "utf8").split(" ")[1]),
        },
      ];
    } catch {
      return [];
    }
  });
  const tree = new Set([pid]);
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const { pid: child, parent } of stats) if (tree.has(parent)) tree.add(child);
  }
  return stats.reduce((sum, each) => sum + (tree.has(each.pid) ? each.pages * 4 : 0), 0);
}

/** Seconds and megabytes that a command takes. */
function measured(command, args, env, cwd) {
  const started = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
  let peak = 0;
  const watch = existsSync("/proc") ? setInterval(() => (peak = Math.max(peak, memoryOf(child.pid))), 100) : undefined;
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => {
      clearInterval(watch);
      if (code === 0) done({ seconds: (performance.now() - started) / 1000, megabytes: peak / 1024 });
      else failed(new Error(`${command} ${args.join(" ")} ended with ${code}`));
    });
  });
}

/** One run of everything from nothing. */
async function run(command, name) {
  const folder = join(root, name);
  for (const part of ["home", "state", "project"]) mkdirSync(join(folder, part), { recursive: true });
  const project = join(folder, "project");
  writeFileSync(
    join(project, "Pulumi.yaml"),
    JSON.stringify({ name: "bench", runtime: { name: "nodejs", options: { typescript: false } }, main: stack }),
  );
  const env = {
    // Where the CLI finds the provider of dynamic resources; its releases have it beside the command.
    PATH: [dirname(command), sdk, process.env.PATH].join(delimiter),
    HOME: folder,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    BENCH_LATENCY_MS: String(LATENCY_MS),
  };
  const pulumi = (resources, ...args) =>
    measured(command, args, { ...env, BENCH_RESOURCES: String(resources) }, project);
  const up = (resources, name) =>
    pulumi(resources, "up", "--yes", "--skip-preview", "--stack", name, "--parallel", "16");
  for (const each of ["empty", "full"]) await pulumi(0, "stack", "init", each, "--non-interactive");
  await up(0, "empty");
  return { empty: await up(0, "empty"), first: await up(RESOURCES, "full"), second: await up(RESOURCES, "full") };
}

try {
  const runs = { local: [], cli: [] };
  // By turns, so that whatever else the machine does meets both.
  for (let index = 0; index < RUNS; index++) {
    runs.local.push(await run(local, `local-${index}`));
    if (cli !== undefined) runs.cli.push(await run(cli, `cli-${index}`));
  }
  const print = (name, part, key, unit) => {
    const value = median(runs.local.map((each) => each[part][key]));
    const other = cli === undefined ? undefined : median(runs.cli.map((each) => each[part][key]));
    const peer = other === undefined ? "no Pulumi CLI on PATH" : "the Pulumi CLI";
    report({ name, value, unit, peer, ratio: other === undefined ? null : value / other, goal: 1 });
  };
  print("engine.up", "first", "seconds", "s");
  print("engine.secondUp", "second", "seconds", "s");
  print("engine.startUp", "empty", "seconds", "s");
  if (existsSync("/proc")) print("engine.memory", "first", "megabytes", "MB");
} finally {
  rmSync(root, { recursive: true });
}
