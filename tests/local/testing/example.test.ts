import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");
const MODULES = join(ROOT, "node_modules");

/** Other tests run beside, and the usual limit of five seconds is for a machine that is not busy. */
const LIMIT = "--testTimeout=60000";

it.each([
  ["jest", [join(MODULES, "jest/bin/jest.js"), "--ci", LIMIT], "Tests:       5 passed, 5 total"],
  ["vitest", [join(MODULES, "vitest/vitest.mjs"), "run", "--no-color", LIMIT], "Tests  2 passed (2)"],
  ["Node's test runner", ["--test", "index.node.mjs"], "# pass 2"],
])("the example's own tests pass under %s, as its author runs them", (_, args, passed) => {
  // This test's own runner says to what it starts that it is one of its workers.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:JEST|NODE_ENV)/u.test(name)));
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: join(ROOT, "examples/tested-stack"),
    encoding: "utf8",
    env,
  });
  expect(stdout + stderr).toContain(passed);
  expect(stderr).not.toContain("did not exit");
  expect(status).toBe(0);
});
