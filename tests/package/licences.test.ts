import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/project-copy.js";

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly peer?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
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

describe("What is installed with the package", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const installed = Object.entries(packages).filter(
    ([path, { dev, peer, devOptional, link }]) => path !== "" && !dev && !peer && !devOptional && !link,
  );

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
