// Makes a fresh clone ready to run: installs the locked packages and compiles, each only when needed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ["provider", "sdk", "cli", "local"];

export function prepare() {
  requireNode();
  const modules = modified(join(ROOT, "node_modules/.package-lock.json"));
  if (modules < modified(join(ROOT, "package-lock.json"))) {
    console.error("Installing the packages that are needed (about half a minute) …");
    const [npm, ...args] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
    run(npm, [...args, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci");
  }
  if (modified(join(ROOT, "dist/.tsbuildinfo")) < newestSource()) {
    console.error("Building …");
    run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", ROOT], "tsc");
  }
  removeStale();
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

function run(command, args, name) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (status === 0) return;
  console.error(`"${name}" failed${error ? `: ${error.message}` : ""}. What it printed above says why.`);
  process.exit(1);
}

/** When a file was last written, in milliseconds since the epoch; 0 where there is none. */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Removes what was compiled from sources that are gone: it would be packed, and could still be imported. */
function removeStale() {
  for (const name of readdirSync(join(ROOT, "dist"), { recursive: true })) {
    const source = name.replace(/(\.d\.ts|\.js)$/u, ".ts");
    if (source !== name && !existsSync(join(ROOT, source))) rmSync(join(ROOT, "dist", name));
  }
}

function newestSource() {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(ROOT, folder, name)),
  );
  return Math.max(...[join(ROOT, "tsconfig.json"), join(ROOT, "package-lock.json"), ...files].map(modified));
}
