import { join } from "node:path";
import { runCommand } from "../support/command.js";

it("An error keeps no text in memory that tells the key, not even one that its own were cut out of", async () => {
  const args = ["--expose-gc", "--heap-snapshot-string-limit=1000000", join(__dirname, "heap.mjs")];
  const { code, stdout, stderr } = await runCommand(process.execPath, args, __dirname);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const found = JSON.parse(stdout) as Record<string, number>;
  expect(Object.keys(found)).toHaveLength(9);
  expect(Object.entries(found).filter(([, texts]) => texts > 0)).toEqual([]);
});
