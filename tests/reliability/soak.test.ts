import { join } from "node:path";
import { runCommand } from "../support/command.js";

/** The short form of what `npm run soak` does at length. */
it.each([
  [
    "Parsers neither crash nor hang nor let anything out, whatever they are fed",
    ["fuzz/fuzz.mjs", "--runs", "60"],
    /^fuzz: \d+ cases of \d+ parsers, seed 1, 0 violations$/mu,
  ],
  [
    "The headings of all Markdown that is installed are those of the reference implementation",
    ["sets/sets.mjs", "installed"],
    /^sets: [1-9]\d{2,} cases, 0 violations$/mu,
  ],
  ["Many at once lose nothing and double nothing", ["load.mjs", "--short"], /^load: 4 cases, 0 violations$/mu],
])("%s", async (_what, [file = "", ...args], last) => {
  const { code, stdout, stderr } = await runCommand(process.execPath, [join(__dirname, file), ...args], __dirname);
  expect(stdout + stderr).toMatch(last);
  expect(code).toBe(0);
});
