import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/project-copy.js";

interface Locked {
  readonly license?: string;
  readonly dependencies?: Record<string, string>;
  readonly hasInstallScript?: boolean;
}

/**
 * What may go with Apache-2.0 and asks for no more than to be named. `BSD` is how a package names the two-clause one.
 */
const COMPATIBLE = new Set([
  "MIT",
  "ISC",
  "BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "(MIT OR GPL-3.0-or-later)",
  "(MIT AND Zlib)",
  "PSF-2.0",
]);

/** Some packages name their licence in a list, as npm wanted it once; the lock file does not have that. */
function olderForm(path: string): string {
  const text = readFileSync(join(ROOT, path, "package.json"), "utf8");
  const { licenses = [] } = JSON.parse(text) as { licenses?: readonly { readonly type: string }[] };
  return licenses.length === 1 && licenses[0] ? licenses[0].type : "none";
}

type Lock = Record<string, Locked>;

/** Where a package finds another one: in the nearest folder of modules. */
function pathOf(name: string, from: string, packages: Lock): string {
  const path = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (path in packages) return path;
  if (from === "") throw new Error(`${name} is not in the lock file`);
  return pathOf(name, from.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/u, ""), packages);
}

/** What is installed for this package, without what every Pulumi program has: its SDK, and what that brings. */
function ownDependencies(packages: Lock): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    for (const name of Object.keys(packages[path]?.dependencies ?? {})) {
      const next = pathOf(name, path, packages);
      if (name === "@pulumi/pulumi" || found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit("");
  return [...found];
}

describe("What is installed with the package, besides the Pulumi SDK", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as { packages: Lock };
  const installed = ownDependencies(packages).map((path) => [path, packages[path] ?? {}] as const);

  it("has licences that go with its own", () => {
    expect(installed.length).toBeGreaterThan(10);
    expect(
      installed
        .map(([path, { license }]) => [path, license ?? olderForm(path)] as const)
        .filter(([, license]) => !COMPATIBLE.has(license))
        .map(([path, license]) => `${path}: ${license}`),
    ).toEqual([]);
  });

  it("runs no script while it is installed", () => {
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)).toEqual([]);
  });
});
