// The package as its users get it: what it adds to an installation of @pulumi/pulumi on the disk, and what its import
// adds to the import of that.
import { execFileSync } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { either, median, report } from "./report.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const { version: sdk } = JSON.parse(readFileSync(join(ROOT, "node_modules/@pulumi/pulumi/package.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "bench-package-"));

/** The bytes of all files in a folder, as npm counts a package's size. */
function bytes(path) {
  const stat = lstatSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + bytes(join(path, name)), 0) : stat.size;
}

const npm = (...args) =>
  execFileSync("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });

/** Milliseconds that the import takes in a new process that has imported @pulumi/pulumi already. */
function imported() {
  const code =
    'require("@pulumi/pulumi"); const began = performance.now(); require("pulumi-vultr-inference"); ' +
    "console.log(performance.now() - began);";
  return Number(execFileSync(process.execPath, ["-e", code], { cwd: folder, encoding: "utf8" }));
}

try {
  writeFileSync(join(folder, "package.json"), "{}");
  execFileSync("npm", ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder], { cwd: ROOT });
  npm("install", `@pulumi/pulumi@${sdk}`);
  const before = bytes(join(folder, "node_modules"));
  npm("install", "--omit=optional", `./pulumi-vultr-inference-${version}.tgz`);
  const added = (bytes(join(folder, "node_modules")) - before) / 1e6;
  report({
    name: "package.disk",
    value: added,
    unit: "MB unpacked, beside @pulumi/pulumi",
    peer: "30 MB",
    ratio: added / 30,
    goal: 1,
  });
  const own = median(Array.from({ length: either(5, 15) }, imported));
  report({
    name: "package.import",
    value: own,
    unit: "ms beside @pulumi/pulumi",
    peer: "50 ms",
    ratio: own / 50,
    goal: 1,
  });
} finally {
  rmSync(folder, { recursive: true });
}
