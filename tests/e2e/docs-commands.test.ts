import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { engineRoot } from "../../local/engine/index.js";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { blocksOf } from "../support/docs.js";
import { onEachEngine } from "../support/engines.js";
import { ROOT } from "../support/project-copy.js";
import { PASSPHRASE } from "../support/stack.js";

/** What is run, and looked at, by other tests: a command, or what it begins with where its arguments are made up. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "npm start": "tests/e2e/start.test.ts",
  "npm test": "the gate",
  "npm install pulumi-vultr-inference @pulumi/pulumi typescript@6": "tests/package/package.test.ts",
  "npm install pulumi-vultr-inference @pulumi/pulumi": "tests/package/package.test.ts",
  "npx pulumi-vultr-inference try docs": "tests/package/package.test.ts",
  "npx vultr-inference browse --stack prod": "tests/cli/browse",
  "npx vultr-inference delete": "tests/cli/delete",
  "npx vultr-inference doctor --probe --out profile.json": "tests/cli/doctor",
};
const isElsewhere = (command: string): boolean =>
  Object.keys(ELSEWHERE).some((known) => command === known || command.startsWith(`${known} "`));
/** What the local engine refuses by name. */
const CLI_ONLY = /^pulumi login\b/u;
/** What a page takes for granted before its first command. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  "README.md": ["pulumi stack init dev"],
  "docs/accounts.md": ["pulumi stack init dev", "pulumi config set --secret vultr-inference:apiKey"],
  "docs/backends.md": ["pulumi stack init dev"],
  "docs/doctor.md": ["pulumi stack init dev", "pulumi config set --secret vultr-inference:apiKey"],
  "docs/drift.md": ["pulumi stack init prod", "pulumi config set --secret vultr-inference:apiKey", "pulumi up"],
  "docs/keys.md": ["pulumi stack init dev", "pulumi config set --secret vultr-inference:apiKey", "pulumi up"],
};
/** The page has started the emulator as another one says, which puts the key into the environment. */
const KEY_IN_ENVIRONMENT: readonly string[] = ["docs/ci.md"];

const pages = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The commands of a page's shell blocks, without their comments. */
function commandsOf(page: string): string[] {
  const lines = blocksOf(page, "sh").flatMap((block) => block.split("\n"));
  return lines.map((line) => line.replace(/\s+# .*$/u, "").trim()).filter((line) => line !== "");
}

onEachEngine("The commands of the docs", (engine) => {
  let emulator: Emulator;
  // An account for each page: it keeps one collection of a name.
  beforeEach(async () => {
    emulator = await startEmulator({ embeddings: "light" });
  });
  afterEach(() => emulator.close());

  /**
   * Runs a script as somebody would type it, the key typed where it is asked for; without a terminal, `--yes` is said.
   */
  async function typed(
    script: string,
    folder: string,
    env: Record<string, string> = {},
  ): Promise<{ code: number | null; printed: string }> {
    const bin = join(engineRoot(), "bin");
    const path =
      engine.name === "local engine"
        ? [bin, engine.path()]
        : [engine.path(), dirname(require.resolve("@pulumi/pulumi/package.json"))];
    // That npx finds the command is seen in tests/package: here the package is not installed, but the project itself.
    const command = script
      .replace(/^pulumi up$/u, "pulumi up --yes --skip-preview")
      .replace(/^pulumi refresh$/u, "pulumi refresh --yes --skip-preview")
      .replace(/^npx (?:pulumi-)?vultr-inference\b/u, `${process.execPath} ${join(ROOT, "dist/cli/main.js")}`);
    const child = spawn("bash", ["-e", "-c", command], {
      cwd: folder,
      env: {
        ...process.env,
        PATH: path.join(delimiter),
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        VULTR_INFERENCE_BASE_URL: emulator.url,
        ...env,
      },
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => (printed += data.toString()));
    // What asks for no key may have ended by now.
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${emulator.key}\n`);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, printed };
  }

  /** A project of a program and its documents, in a folder of its own. */
  async function inProject<T>(program: string, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), "docs-commands-"));
    try {
      for (const name of ["home", "state", "docs"]) mkdirSync(join(folder, name));
      symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
      writeFileSync(join(folder, "Pulumi.yaml"), "name: docs\nruntime: nodejs\n");
      writeFileSync(join(folder, "package.json"), JSON.stringify({ main: "index.ts" }));
      writeFileSync(join(folder, "index.ts"), program);
      return await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it.each(pages.filter((page) => commandsOf(page).some((command) => !isElsewhere(command))))(
    "of %s work in the order in which they stand there",
    async (page) => {
      const commands = [...(BEFORE[page] ?? []), ...commandsOf(page)].filter(
        (command) => !isElsewhere(command) && (engine.name === "Pulumi CLI" || !CLI_ONLY.test(command)),
      );
      await inProject(blocksOf("docs/getting-started.md", "ts")[0] ?? "", async (folder) => {
        writeFileSync(join(folder, "docs/returns.md"), "# Returns\n\nYou can get a refund within 30 days.\n");
        const env = KEY_IN_ENVIRONMENT.includes(page) ? { VULTR_INFERENCE_API_KEY: emulator.key } : {};
        for (const command of commands)
          expect({ command, ...(await typed(command, folder, env)) }).toMatchObject({ command, code: 0 });
      });
    },
    300_000,
  );

  it("print what the README shows of a change that no longer answers what it must", async () => {
    const shown = blocksOf("README.md", "text");
    // Nobody waits for an index that lags behind: here it does not.
    const program =
      blocksOf("README.md", "ts")[0]?.replace(
        /questions: (\[[^]*?\n {2}\])/u,
        "questions: { deadlineSeconds: 0, cases: $1 }",
      ) ?? "";
    await inProject(program, async (folder) => {
      const write = (name: string, text: string): void => writeFileSync(join(folder, "docs", name), text);
      write("delivery.md", "# Delivery\n\nOrders arrive two days later.\n");
      write(
        "returns.md",
        "# Returns\n\n## Deadline\n\nYou can send something back within 30 days.\n\n## Costs\n\nWe pay for the " +
          "parcel.\n",
      );
      for (const command of ["pulumi stack init dev", "pulumi config set --secret vultr-inference:apiKey", "pulumi up"])
        expect({ command, ...(await typed(command, folder)) }).toMatchObject({ command, code: 0 });
      write("gifts.md", "# Gifts\n\nGifts can be sent back by whoever got them.\n");
      write(
        "returns.md",
        "# Returns\n\n## When\n\nYou can send something back within 30 days.\n\n## Costs\n\nWe pay for the parcel.\n",
      );
      const preview = await typed("pulumi preview", folder);
      expect(preview).toMatchObject({ code: 0, printed: expect.stringContaining(shown[0] ?? "?") as string });
      const up = await typed("pulumi up", folder);
      expect(up.code).not.toBe(0);
      expect(up.printed).toContain(shown[1] ?? "?");
    });
  }, 300_000);
});
