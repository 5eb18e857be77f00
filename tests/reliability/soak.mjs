// Everything about reliability at its full length: a line for each suite, and a failure where any has a violation.
// Seeds and moments are the same in each run; another seed is an argument of fuzz/fuzz.mjs.
//   npm run soak             all suites, which takes about an hour and a half
//   npm run soak -- faults   those that are named
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "../../cli/prepare.mjs";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is run, with which settings, and what its counts mean. */
const SUITES = {
  faults: {
    paths: ["tests/reliability/faults"],
    env: { SOAK: "1", SOAK_DOCS: "1" },
    cases: "every fault at every operation of every resource",
  },
  engine: {
    paths: ["tests/e2e/parity/kill"],
    env: { KILLS: "67" },
    cases: "201 kills of the engine during up, refresh and destroy",
  },
  documents: {
    paths: ["tests/e2e/documents-kill"],
    env: { KILLS: "804" },
    cases: "201 kills each of program, provider, engine and emulator during up, refresh and destroy of documents",
  },
  stacks: {
    paths: ["tests/e2e/parity/random"],
    env: { SEQUENCES: "60" },
    cases: "random stacks with faults, edited again and again",
  },
  emulator: {
    paths: ["tests/local/emulator/kill", "tests/local/emulator/fuzz"],
    env: {},
    cases: "kills and random requests of the emulator",
  },
  secrets: {
    paths: ["tests/reliability/heap", "tests/e2e/canary", "tests/e2e/canary-document"],
    env: {},
    cases: "a key and a document are searched for in all that was written, printed and thrown",
  },
  functions: { paths: ["tests/reliability/functions"], env: {}, cases: "every fault at every function" },
  fuzz: { script: ["fuzz/fuzz.mjs", "--runs", "4000", "--seed", "7"] },
  sets: { script: ["sets/sets.mjs"] },
  load: { script: ["load.mjs"] },
  mutations: { script: ["mutations.mjs"] },
  drift: {
    paths: ["tests/cli/drift"],
    env: { DRIFT_TIMES: "10" },
    cases: "ten looks for drift in a row at each example",
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in SUITES));
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}". There are: ${Object.keys(SUITES).join(", ")}.`);
  process.exit(1);
}
prepare();
let failed = false;
for (const [name, suite] of Object.entries(SUITES).filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
  const began = performance.now();
  const { isGood, counts, details } = suite.script ? scripted(suite) : tested(suite);
  console.log(
    `${isGood ? "ok  " : "FAIL"} ${name.padEnd(10)} ${counts}; ${Math.round((performance.now() - began) / 1000)} s`,
  );
  if (isGood) continue;
  failed = true;
  console.log(details.slice(0, 40).join("\n"));
}
process.exit(failed ? 1 : 0);

function run(args, env) {
  return spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
}

function tested({ paths, env, cases }) {
  const { status, stdout, stderr } = run(
    [join(ROOT, "node_modules/jest/bin/jest.js"), ...paths, "--testTimeout=7200000"],
    env,
  );
  const [, broken = "?"] = /passed, (\d+) failed, \d+ skipped\s*$/.exec(stdout) ?? [];
  const [, own] = /^\w+: (\d+ cases.*)$/m.exec(stdout) ?? [];
  return {
    isGood: status === 0,
    counts: own ?? `${cases}, ${broken} violations`,
    details: stderr.split("\n").filter((line) => /●|violation|twice|lost/.test(line)),
  };
}

function scripted({ script: [file, ...args] }) {
  const { status, stdout, stderr } = run([join(ROOT, "tests/reliability", file), ...args]);
  const lines = `${stdout}${stderr}`.trimEnd().split("\n");
  return {
    isGood: status === 0,
    counts: lines.findLast((line) => /^\w+: \d+ cases/.test(line))?.replace(/^\w+: /, "") ?? "did not end",
    details: lines,
  };
}
