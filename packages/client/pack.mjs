// Makes the package `vultr-inference` of the client that is compiled in dist: the client alone, without Pulumi.
//   node packages/client/pack.mjs <folder>     writes the package's files there
//   node packages/client/pack.mjs --publish    publishes them, unless this version is published already
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { REPOSITORY } from "../../docs/site/address.mjs";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const ROOT = join(FOLDER, "../..");
const NAME = "vultr-inference";
/** How programs name the client where the provider is installed. */
const WITH_PROVIDER = "pulumi-vultr-inference/client";

const [target = ""] = process.argv.slice(2);
if (target === "--publish") publish();
else if (target !== "") pack(resolve(target));
else throw new Error("Name the folder that the package is written to.");

function publish() {
  if (REPOSITORY === undefined) throw new Error("package.json has no address of the repository yet.");
  const folder = mkdtempSync(join(tmpdir(), "vultr-inference-client-"));
  try {
    const { name, version } = pack(folder);
    const known = spawnSync("npm", ["view", `${name}@${version}`, "version"], { encoding: "utf8" });
    if (known.stdout.trim() === version) return console.log(`${name} ${version} is published already.`);
    execFileSync("npm", ["publish", "--access", "public"], { cwd: folder, stdio: "inherit" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pack(folder) {
  const modules = modulesFrom("client/index.js");
  for (const name of modules.flatMap((module) => [module, module.replace(/\.js$/u, ".d.ts")])) {
    mkdirSync(dirname(join(folder, "dist", name)), { recursive: true });
    writeFileSync(join(folder, "dist", name), compiled(name).replaceAll(`"${WITH_PROVIDER}"`, `"${NAME}"`));
  }
  copyFileSync(join(FOLDER, "README.md"), join(folder, "README.md"));
  copyFileSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  const manifest = manifestFor(modules);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

function compiled(name) {
  return readFileSync(join(ROOT, "dist/provider", name), "utf8");
}

/** The modules that one needs, by their paths below dist/provider; also those that only its types name. */
function modulesFrom(entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const path of specifiersIn(entry).filter((name) => name.startsWith(".")))
    modulesFrom(join(dirname(entry), path), found);
  return [...found].sort();
}

/** What a module and its types import. */
function specifiersIn(name) {
  const text = compiled(name) + compiled(name.replace(/\.js$/u, ".d.ts"));
  return [...text.matchAll(/(?:\bfrom |\brequire\(|\bimport\()"([^"]+)"/gu)].map(([, specifier]) => specifier);
}

/** The manifest, of which all but the name and the description is the provider's. */
function manifestFor(modules) {
  const { version, license, repository, engines, dependencies } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  const imported = modules.flatMap(specifiersIn).filter((name) => name in dependencies);
  return {
    name: NAME,
    version,
    description: "Client of the Vultr Serverless Inference API: vector stores, search, chat, RAG and speech.",
    keywords: ["vultr", "inference", "rag", "vector-store", "chat", "embeddings"],
    license,
    repository: { ...repository, directory: "packages/client" },
    engines,
    type: "commonjs",
    main: "dist/client/index.js",
    types: "dist/client/index.d.ts",
    exports: {
      ".": { types: "./dist/client/index.d.ts", default: "./dist/client/index.js" },
      "./package.json": "./package.json",
    },
    files: ["dist"],
    sideEffects: false,
    dependencies: Object.fromEntries([...new Set(imported)].sort().map((name) => [name, dependencies[name]])),
  };
}
