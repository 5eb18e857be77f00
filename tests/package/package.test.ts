import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { nodeSqlite } from "../../local/emulator/storage/database.js";
import { runCommand } from "../support/command.js";
import { LOCAL } from "../support/engines.js";
import { copyExample } from "../support/example.js";
import { ROOT } from "../support/project-copy.js";
import { typeErrors } from "../support/type-errors.js";

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  version: string;
};

describe("The packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "vultr-inference-package-"));
  let files: readonly string[];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const quiet = ["--ignore-scripts", "--loglevel=error"];
    const packed = await runCommand("npm", ["pack", "--json", "--pack-destination", folder, ...quiet], ROOT);
    expect(packed).toMatchObject({ code: 0 });
    const [archive] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }];
    files = archive.files.map(({ path }) => path);
    cpSync(join(__dirname, "user"), folder, { recursive: true });
    // By its name alone, as npx does.
    const tarball = `./pulumi-vultr-inference-${version}.tgz`;
    const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", ...quiet, tarball];
    expect(await runCommand("npm", args, folder)).toMatchObject({ code: 0 });
  });

  it(
    "holds what is compiled of its rooms, the commands of the engine and the plugin, the descriptions of the API, " +
      "of reports and of the plugin, and no more",
    () => {
      const others = files.filter((name) => !/^dist\/(cli|local|plugin|provider|sdk)\/.+\.(js|d\.ts)$/u.test(name));
      expect(others.sort()).toEqual([
        "LICENSE",
        "README.md",
        "docs/diff.schema.json",
        "docs/drift.schema.json",
        "docs/openapi.yaml",
        "local/engine/bin/pulumi",
        "package.json",
        "plugin/PulumiPlugin.yaml",
        "plugin/index.js",
        "plugin/package.json",
        "plugin/pulumi-resource-vultr-inference",
        "plugin/pulumi-resource-vultr-inference.cmd",
        "plugin/schema.json",
      ]);
    },
  );

  it("holds nothing that was compiled from a source that is gone", () => {
    const compiled = files.filter((name) => name.startsWith("dist/"));
    const sourceOf = (name: string): string => name.replace(/^dist\/(.*?)(\.d\.ts|\.js)$/u, "$1.ts");
    expect(compiled.filter((name) => !existsSync(join(ROOT, sourceOf(name))))).toEqual([]);
  });

  it("names no folder of the machine that packed it", () => {
    const installed = join(folder, "node_modules/pulumi-vultr-inference");
    expect(files.filter((name) => readFileSync(join(installed, name), "utf8").includes(ROOT))).toEqual([]);
  });

  it.each(["commonjs", "module", "typescript", "inline"])(
    "deploys, refreshes and destroys a program of the kind %s, with its own engine and emulator",
    async (kind) => {
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
    },
  );

  it("brings a command that starts the emulator and prints one line with its address and key", async () => {
    const child = spawn(join(folder, "node_modules/.bin/vultr-inference"), ["emulator", "--json"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
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

  it("tries a folder of documents without a clone, and keeps it where Node.js itself can", async () => {
    mkdirSync(join(folder, "garden"));
    writeFileSync(
      join(folder, "garden/watering.md"),
      "# Watering\n\n## When\n\nWater tomatoes early in the morning.\n",
    );
    const environment = {
      PATH: LOCAL.path(),
      HOME: join(folder, "home"),
      USERPROFILE: join(folder, "home"),
      CI: "true",
    };
    const command = join(folder, "node_modules/pulumi-vultr-inference/dist/cli/main.js");
    const { code, stdout, stderr } = await runCommand(
      process.execPath,
      [command, "try", "garden", "When do I water tomatoes?"],
      folder,
      environment,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /\? When do I water tomatoes\?\n {2}1 {2}watering\.md › Watering › When\n {5}Water tomatoes/u,
    );
    expect(stdout).toContain("Done: 3 created");
    const nameless = await runCommand(process.execPath, [command, "try"], folder, environment);
    expect([nameless.code, nameless.stderr]).toEqual([
      1,
      "Name the folder of your documents: npx pulumi-vultr-inference try <folder>\n",
    ]);
    expect(existsSync(join(folder, "home/.vultr-inference"))).toBe(nodeSqlite() !== undefined);
  });

  describe("with a copy of each example in a folder of its own", () => {
    const examples = readdirSync(join(ROOT, "examples")).filter((name) =>
      existsSync(join(ROOT, "examples", name, "index.ts")),
    );
    const copyOf = (name: string): string => join(folder, "examples", name);
    let emulator: Emulator;
    beforeAll(async () => {
      emulator = await startEmulator({ embeddings: "light" });
      // Pulumi looks for it from where Pulumi lies, and each example declares it.
      symlinkSync(join(ROOT, "node_modules/typescript"), join(folder, "node_modules/typescript"));
      for (const name of examples)
        copyExample(name, copyOf(name), [join(folder, "node_modules"), join(ROOT, "node_modules")]);
    });
    afterAll(() => emulator.close());

    it("compiles them all by their own settings, with nothing but the packages that they declare", () => {
      expect(typeErrors(examples.map((name) => join(copyOf(name), "tsconfig.json")))).toEqual([]);
    });

    it.each(examples.filter((name) => existsSync(join(ROOT, "examples", name, "Pulumi.yaml"))))(
      "previews %s, once what its first lines tell to set is set",
      async (name) => {
        const workDir = copyOf(name);
        const stackName = existsSync(join(workDir, "Pulumi.prod.yaml")) ? "prod" : "dev";
        const envVars = {
          VULTR_INFERENCE_BASE_URL: emulator.url,
          VULTR_INFERENCE_API_KEY: emulator.key,
          PULUMI_HOME: join(folder, "home"),
          PULUMI_BACKEND_URL: `file://${folder}`,
          PULUMI_CONFIG_PASSPHRASE: "",
          // What is compiled is checked above, all at once.
          PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        };
        const stack = await LocalWorkspace.createOrSelectStack(
          { stackName, workDir },
          { pulumiCommand: await LOCAL.command(), envVars },
        );
        for (const { key, path } of settingsToldBy(join(workDir, "index.ts")))
          await stack.setConfig(key, { value: VALUES[key] ?? emulator.key }, path);
        const { changeSummary, stdout, stderr } = await stack.preview();
        expect({ made: changeSummary.create ?? 0, stderr }).toEqual({ made: expect.any(Number), stderr: "" });
        expect(changeSummary.create).toBeGreaterThan(1);
        expect(stdout).not.toMatch(/^ *(?:warning|error):/mu);
      },
    );
  });
});

/** What the commands at the top of a program leave open. What is not here is a key. */
const VALUES: Readonly<Record<string, string>> = {
  folder: join(ROOT, "examples/handbook/documents"),
  "questions[0]": "How long is a holiday?",
  returnDays: "30",
};

/** The settings that the first lines of a program tell to make. */
function settingsToldBy(program: string): { key: string; path: boolean }[] {
  const commands = readFileSync(program, "utf8").matchAll(
    /^\/\/ +pulumi config set (?<path>--path )?(?:--secret )?"?(?<key>[^\s"]+)/gmu,
  );
  return [...commands].map(({ groups = {} }) => ({ key: groups["key"] ?? "", path: groups["path"] !== undefined }));
}
