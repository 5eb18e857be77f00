import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { engineRoot } from "../../local/engine/index.js";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { onEachEngine } from "../support/engines.js";
import { ROOT } from "../support/project-copy.js";
import { PASSPHRASE } from "../support/stack.js";

/** What is run, and looked at, by other tests. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "npm start": "tests/e2e/start.test.ts",
  "npm test": "the gate",
  "npm install pulumi-vultr-inference @pulumi/pulumi": "tests/package/package.test.ts",
};
/** What the local engine refuses by name. */
const CLI_ONLY = /^pulumi login\b/u;
/** What a page takes for granted before its first command. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  "README.md": ["pulumi stack init dev"],
  "docs/backends.md": ["pulumi stack init dev"],
  "docs/drift.md": ["pulumi stack init prod", "pulumi config set --secret vultr-inference:apiKey", "pulumi up"],
  "docs/getting-started.md": ["pulumi stack init dev"],
  "docs/keys.md": ["pulumi stack init dev", "pulumi config set --secret vultr-inference:apiKey", "pulumi up"],
};

const pages = ["README.md", ...readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];

/** The commands of a page's shell blocks, without their comments. */
function commandsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  const lines = [...text.matchAll(/^```sh\n([^]*?)^```/gmu)].flatMap(([, block = ""]) => block.split("\n"));
  return lines.map((line) => line.replace(/\s+# .*$/u, "").trim()).filter((line) => line !== "");
}

function firstProgram(): string {
  const [, program = ""] = /^```ts\n([^]*?)^```/mu.exec(readFileSync(join(ROOT, "docs/getting-started.md"), "utf8")) ?? [];
  return program;
}

onEachEngine("The commands of the docs", (engine) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ embeddings: "light" });
  });
  afterAll(() => emulator.close());

  /** Runs a script as somebody would type it, the key typed where it is asked for; without a terminal, `--yes` is said. */
  async function typed(script: string, folder: string): Promise<{ code: number | null; printed: string }> {
    const bin = join(engineRoot(), "bin");
    const path = engine.name === "local engine" ? [bin, engine.path()] : [engine.path(), dirname(require.resolve("@pulumi/pulumi/package.json"))];
    const child = spawn("bash", ["-e", "-c", script.replaceAll(/^pulumi up$/gmu, "pulumi up --yes --skip-preview")], {
      cwd: folder,
      env: {
        ...process.env,
        PATH: path.join(delimiter),
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        VULTR_INFERENCE_BASE_URL: emulator.url,
      },
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (printed += data.toString()));
    child.stdin.end(`${emulator.key}\n`);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, printed };
  }

  it.each(pages.filter((page) => commandsOf(page).some((command) => !(command in ELSEWHERE))))("of %s work in the order in which they stand there", async (page) => {
    const folder = mkdtempSync(join(tmpdir(), "docs-commands-"));
    try {
      for (const name of ["home", "state", "docs"]) mkdirSync(join(folder, name));
      symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
      writeFileSync(join(folder, "Pulumi.yaml"), "name: docs\nruntime: nodejs\n");
      writeFileSync(join(folder, "package.json"), JSON.stringify({ main: "index.ts" }));
      writeFileSync(join(folder, "index.ts"), firstProgram());
      writeFileSync(join(folder, "docs/returns.md"), "# Returns\n\nYou can get a refund within 30 days.\n");
      const commands = [...(BEFORE[page] ?? []), ...commandsOf(page)].filter((command) => !(command in ELSEWHERE) && (engine.name === "Pulumi CLI" || !CLI_ONLY.test(command)));
      for (const command of commands) expect({ command, ...(await typed(command, folder)) }).toMatchObject({ command, code: 0 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300_000);
});
