// Everything about reliability at its full length: a line for each suite, and a failure where any has a violation.
//   npm run soak             all suites, which takes about half an hour
//   npm run soak -- faults   those that are named
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "../../cli/prepare.mjs";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is run, with which settings, and what its counts mean. */
const SUITES = {
  faults: { paths: ["tests/reliability/faults"], env: { SOAK: "1", SOAK_DOCS: "1" }, cases: "every fault at every operation of every resource" },
  engine: { paths: ["tests/e2e/parity/kill"], env: { KILLS: "67" }, cases: "201 kills of the engine during up, refresh and destroy" },
  documents: { paths: ["tests/e2e/documents-kill"], env: { KILLS: "200" }, cases: "200 kills of provider, engine and emulator during a sync" },
  stacks: { paths: ["tests/e2e/parity/random"], env: { SEQUENCES: "60" }, cases: "random stacks with faults, edited again and again" },
  emulator: { paths: ["tests/local/emulator/kill", "tests/local/emulator/fuzz"], env: {}, cases: "kills and random requests of the emulator" },
  drift: { paths: ["tests/cli/drift"], env: { DRIFT_TIMES: "10" }, cases: "ten looks for drift in a row at each example" },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in SUITES));
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}". There are: ${Object.keys(SUITES).join(", ")}.`);
  process.exit(1);
}
prepare();
let failed = false;
for (const [name, { paths, env, cases }] of Object.entries(SUITES).filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "node_modules/jest/bin/jest.js"), ...paths, "--testTimeout=7200000"], { cwd: ROOT, env: { ...process.env, ...env }, encoding: "utf8", maxBuffer: 1 << 30 });
  const counts = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(stdout);
  const own = /^\w+: \d+ cases.*$/m.exec(stdout)?.[0] ?? cases;
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name.padEnd(10)} ${counts?.[1] ?? 0} passed, ${counts?.[2] ?? "?"} failed; ${own}; ${Math.round((performance.now() - began) / 1000)} s`);
  if (status !== 0) {
    failed = true;
    console.log(stderr.split("\n").filter((line) => /●|violation|twice|lost/.test(line)).slice(0, 40).join("\n"));
  }
}
process.exit(failed ? 1 : 0);
