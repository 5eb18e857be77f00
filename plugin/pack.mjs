// Makes the archives by which Pulumi installs the plugin from a server, one a platform, all with the same JavaScript:
//   node plugin/pack.mjs <folder>
// The release attaches them, for
// `pulumi plugin install resource vultr-inference <version> --server <address of the release>`.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const ROOT = join(FOLDER, "..");
const PLATFORMS = ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64"];
const out = resolve(process.argv[2] ?? ".");
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const { version: sdk } = JSON.parse(readFileSync(join(ROOT, "node_modules/@pulumi/pulumi/package.json"), "utf8"));

const work = mkdtempSync(join(tmpdir(), "vultr-inference-pack-"));
try {
  const npm = (args, cwd) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", work], ROOT));
  const root = join(work, "plugin");
  // Without PulumiPlugin.yaml Pulumi starts the executable, which loads no TypeScript.
  for (const name of [
    "index.js",
    "package.json",
    "pulumi-resource-vultr-inference",
    "pulumi-resource-vultr-inference.cmd",
  ])
    cpSync(join(FOLDER, name), join(root, name));
  npm(
    [
      "install",
      "--ignore-scripts",
      "--no-save",
      "--no-package-lock",
      "--no-audit",
      "--no-fund",
      join(work, filename),
      `@pulumi/pulumi@${sdk}`,
    ],
    root,
  );
  const archive = join(work, "plugin.tar.gz");
  execFileSync("tar", ["-czf", archive, "-C", root, "."]);
  mkdirSync(out, { recursive: true });
  for (const platform of PLATFORMS)
    copyFileSync(archive, join(out, `pulumi-resource-vultr-inference-v${version}-${platform}.tar.gz`));
} finally {
  rmSync(work, { recursive: true, force: true });
}
