import { join } from "node:path";
import { runCommand } from "../support/command";
import { ROOT } from "../support/project-copy";

it.each([
  ["adopt", "--out", ""],
  ["doctor", "--cwd", " "],
  ["emulator", "--data", ""],
  ["try", ""],
])("%s takes no empty folder, as a variable that is not set gives: %s", async (...args) => {
  const { code, stdout, stderr } = await runCommand(process.execPath, [join(ROOT, "dist/cli/main.js"), ...args], ROOT);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^error: .* is invalid.*\. It is empty, and must be the path of a folder\.\n$/u);
});
