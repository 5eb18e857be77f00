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
        .filter(([, { license = "none" }]) => !COMPATIBLE.has(license))
        .map(([path, { license }]) => `${path}: ${license ?? "none"}`),
    ).toEqual([]);
  });

  it("runs no script while it is installed", () => {
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)).toEqual([]);
  });
});
