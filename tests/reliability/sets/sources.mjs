// Documents that nobody here wrote, from the registries of packages. They are kept in .local/sets from one run to the
// next.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const KEPT = join(dirname(fileURLToPath(import.meta.url)), "../../../.local/sets");

/** With all that they need, these have some 3,000 different documents in Markdown. */
const PACKAGES = [
  "react-scripts@5.0.1",
  "gatsby@5.13.0",
  "@storybook/react@7.6.0",
  "@nestjs/cli@10.0.0",
  "lerna@8.1.0",
];

/** Debian's packages of manuals: how their pages are found, and which element has what a page says. */
export const MANUALS = [
  { name: "Sphinx", packageName: "python-requests-doc", main: { class: "body" } },
  { name: "Sphinx", packageName: "python-flask-doc", main: { class: "body" } },
  { name: "javadoc", packageName: "libcommons-lang3-java-doc", main: { tag: "main" } },
  { name: "DocBook", packageName: "debian-reference-en", main: { tag: "body" } },
];

export const PRINTED = [
  { packageName: "nettle-dev", file: "nettle.pdf" },
  { packageName: "gnuplot-doc", file: "gnuplot.pdf" },
  { packageName: "octave-doc", file: "liboctave.pdf" },
];

/** The paths of all files below a folder whose names end so. */
export function filesIn(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** A folder with packages of npm. */
export function npmPackages() {
  const folder = join(KEPT, "npm");
  if (existsSync(join(folder, "done"))) return join(folder, "node_modules");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  execFileSync(
    "npm",
    [
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
      "--legacy-peer-deps",
      "--loglevel=error",
      ...PACKAGES,
    ],
    { cwd: folder, stdio: "pipe" },
  );
  writeFileSync(join(folder, "done"), "");
  return join(folder, "node_modules");
}

/** A folder with what a package of Debian installs. */
export function debianPackage(name) {
  const folder = join(KEPT, name);
  if (existsSync(join(folder, "done"))) return folder;
  mkdirSync(folder, { recursive: true });
  execFileSync("apt-get", ["download", name], { cwd: folder, stdio: "pipe" });
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith(".deb")))
    execFileSync("dpkg-deb", ["-x", file, "."], { cwd: folder, stdio: "pipe" });
  writeFileSync(join(folder, "done"), "");
  return folder;
}

/** A printed manual's bytes; Debian compresses some. */
export function printedManual({ packageName, file }) {
  const [path] = filesIn(debianPackage(packageName), file).concat(filesIn(debianPackage(packageName), `${file}.gz`));
  const bytes = readFileSync(path);
  return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}
