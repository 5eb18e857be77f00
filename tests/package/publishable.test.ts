import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/project-copy.js";

const REPOSITORY = "https://github.com/somebody/pulumi-vultr-inference";

describe("What runs before the package is published", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "publishable-"));
    for (const name of [".ci", "docs/site", "README.md", "package.json"]) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const manifest = () => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, never>;
  const readme = (): string => readFileSync(join(folder, "README.md"), "utf8");
  const given = (url: string): void =>
    writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest(), repository: { type: "git", url } }));
  const run = (): { status: number | null; stderr: string } =>
    spawnSync("npm", ["run", "--silent", "prepublishOnly"], { cwd: folder, encoding: "utf8" });

  it("refuses while the address of the repository has no owner, and touches nothing", () => {
    given("git+https://github.com/OWNER_NOT_SET/pulumi-vultr-inference.git");
    const before = readme();
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain("repository.url in package.json has no owner yet");
    expect(readme()).toBe(before);
  });

  it("gives the README links and pictures that work outside of the repository", () => {
    given(`git+${REPOSITORY}.git`);
    expect(run().status).toBe(0);
    const targets = [...readme().matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/gu)].map(
      (match) => match[1] ?? match[2] ?? "",
    );
    expect(targets.length).toBeGreaterThan(40);
    expect(targets.filter((target) => !/^https:|^#/u.test(target))).toEqual([]);
    const version = String(manifest()["version"]);
    expect(targets).toContain(`${REPOSITORY}/blob/v${version}/docs/getting-started.md`);
    expect(targets).toContain(`${REPOSITORY}/raw/v${version}/docs/images/try.svg`);
  });
});
