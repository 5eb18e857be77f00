import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { runCommand } from "../support/command.js";
import { ROOT } from "../support/project-copy.js";

const { devDependencies, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { devDependencies: Record<string, string>; version: string };

describe("The packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "vultr-inference-package-"));
  let files: readonly string[];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const quiet = ["--ignore-scripts", "--loglevel=error"];
    const packed = await runCommand("npm", ["pack", "--json", "--pack-destination", folder, ...quiet], ROOT);
    expect(packed).toMatchObject({ code: 0 });
    const [tarball] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }];
    files = tarball.files.map(({ path }) => path);
    cpSync(join(__dirname, "user"), folder, { recursive: true });
    const peers = `@pulumi/pulumi@${devDependencies["@pulumi/pulumi"]}`;
    const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", ...quiet, `./pulumi-vultr-inference-${version}.tgz`, peers];
    expect(await runCommand("npm", args, folder)).toMatchObject({ code: 0 });
  });

  it("holds what is compiled of its four rooms, the engine's command, the descriptions of the API and of reports, and no more", () => {
    const others = files.filter((name) => !/^dist\/(cli|local|provider|sdk)\/.+\.(js|d\.ts)$/u.test(name));
    expect(others.sort()).toEqual(["LICENSE", "README.md", "docs/diff.schema.json", "docs/drift.schema.json", "docs/openapi.yaml", "local/engine/bin/pulumi", "package.json"]);
  });

  it("holds nothing that was compiled from a source that is gone", () => {
    const compiled = files.filter((name) => name.startsWith("dist/"));
    const sourceOf = (name: string): string => name.replace(/^dist\/(.*?)(\.d\.ts|\.js)$/u, "$1.ts");
    expect(compiled.filter((name) => !existsSync(join(ROOT, sourceOf(name))))).toEqual([]);
  });

  it("names no folder of the machine that packed it", () => {
    const installed = join(folder, "node_modules/pulumi-vultr-inference");
    expect(files.filter((name) => readFileSync(join(installed, name), "utf8").includes(ROOT))).toEqual([]);
  });

  it.each(["commonjs", "module", "typescript", "inline"])("deploys, refreshes and destroys a program of the kind %s, with its own engine and emulator", async (kind) => {
    const { code, stdout, stderr } = await runCommand(process.execPath, ["drive.mjs", kind], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      up: { create: 3 },
      best: "Send anything back within 30 days.",
      held: 1,
      refresh: { same: 3 },
      destroy: { delete: 3 },
      left: 0,
    });
  });

  it("brings a command that starts the emulator and prints one line with its address and key", async () => {
    const child = spawn(join(folder, "node_modules/.bin/vultr-inference"), ["emulator", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface(child.stdout);
    const [line] = (await once(lines, "line")) as [string];
    const { url, key, page } = JSON.parse(line) as { url: string; key: string; page: string };
    expect((await fetch(page)).headers.get("content-type")).toMatch(/html/u);
    const response = await fetch(`${url}/vector_store`, { headers: { authorization: `Bearer ${key}` } });
    expect([response.status, await response.json()]).toEqual([200, { collections: [] }]);
    const rest: string[] = [];
    lines.on("line", (more) => rest.push(more));
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
    expect(rest).toEqual([]);
  });
});
