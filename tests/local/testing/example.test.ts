import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");

it("the example's own tests pass, as its author runs them", () => {
  const jest = join(ROOT, "node_modules/jest/bin/jest.js");
  const { status, stderr } = spawnSync(process.execPath, [jest, "--ci"], {
    cwd: join(ROOT, "examples/tested-stack"),
    encoding: "utf8",
  });
  expect(stderr).toContain("Tests:       4 passed, 4 total");
  expect(stderr).not.toContain("did not exit");
  expect(status).toBe(0);
});
