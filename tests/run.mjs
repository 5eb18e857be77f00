// `npm test`: makes a fresh clone ready, then runs everything in jest. `npm test -- <jest arguments>` runs a part of
// it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "../cli/prepare.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

prepare();
const jest = join(ROOT, "node_modules/jest/bin/jest.js");
// What tests leave behind goes with it.
const TMPDIR = mkdtempSync(join(tmpdir(), "vultr-inference-tests-"));
const preloaded = `--require ${join(ROOT, "tests/support/compile-cache.cjs")}`;
const { status } = spawnSync(process.execPath, [jest, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: "inherit",
  env: {
    ...process.env,
    TMPDIR,
    TESTS_COMPILE_CACHE: join(TMPDIR, "compiled"),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} ${preloaded}`.trim(),
  },
});
rmSync(TMPDIR, { recursive: true, force: true });
process.exit(status ?? 1);
