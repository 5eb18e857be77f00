// Runs every benchmark, or those that are named, one after the other: npm run bench [-- client items …]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { prepare } from "../cli/prepare.mjs";

const BENCHMARKS = ["client", "documents", "drift", "emulator", "engine", "files", "items"];

prepare();
const named = process.argv.slice(2);
const unknown = named.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown[0]}". There are: ${BENCHMARKS.join(", ")}.`);
  process.exit(1);
}
const failed = (named.length > 0 ? named : BENCHMARKS).filter((name) => {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`${name}.mjs`, import.meta.url))], { stdio: "inherit" });
  return status !== 0;
});
process.exit(failed.length > 0 ? 1 : 0);
