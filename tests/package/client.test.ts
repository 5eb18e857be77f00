import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { runCommand, type Ended } from "../support/command.js";
import { blocksOf } from "../support/docs.js";
import { ROOT } from "../support/project-copy.js";
import { typeErrors } from "../support/type-errors.js";

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };

/** The programs that the package's README shows, in their order, and what each prints. */
const PROGRAMS: readonly (readonly [name: string, printed: RegExp])[] = [
  ["search", /^\S+Z A holiday is 30 days long\.\n$/u],
  ["stream", /30 days[^]*\n\d+ tokens\n$/u],
  ["add", /^1 of 2\n2 of 2\n2 completed\n$/u],
  ["errors", /^There is no such collection\. 404\n$/u],
  ["tools", /^We are open on Monday: 9 to 18\.\n$/u],
];

describe("The package of the client alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "vultr-inference-client-"));
  const modules = join(folder, "node_modules");
  let emulator: Emulator;

  beforeAll(async () => {
    const packed = join(folder, "packed");
    const quiet = ["--ignore-scripts", "--loglevel=error"];
    const steps: [string, string[], string][] = [
      [process.execPath, [join(ROOT, "packages/client/pack.mjs"), packed], ROOT],
      ["npm", ["pack", "--pack-destination", folder, ...quiet], packed],
      [
        "npm",
        ["install", "--prefer-offline", "--no-audit", "--no-fund", ...quiet, `./vultr-inference-${version}.tgz`],
        folder,
      ],
    ];
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
    for (const [command, args, cwd] of steps) expect(await runCommand(command, args, cwd)).toMatchObject({ code: 0 });
    emulator = await startEmulator({ embeddings: "light", chat: scripted });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("installs at most 15 MB, and neither Pulumi nor anything that runs scripts", () => {
    expect(readdirSync(modules).filter((name) => !name.startsWith("."))).toEqual(["undici", "vultr-inference", "zod"]);
    const bytes = readdirSync(modules, { recursive: true, encoding: "utf8" })
      .map((name) => statSync(join(modules, name)))
      .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
    expect(bytes).toBeLessThan(15_000_000);
  });

  it("says in its types and its README what it is called itself", () => {
    const own = join(modules, "vultr-inference");
    const named = readdirSync(own, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:js|ts)$/u.test(name))
      .filter((name) => readFileSync(join(own, name), "utf8").includes("pulumi-vultr-inference/client"));
    expect(named).toEqual([]);
  });

  it("runs the programs of its README, which compile in strict mode with the types of libraries checked", async () => {
    const programs = blocksOf("packages/client/README.md", "ts");
    expect(programs).toHaveLength(PROGRAMS.length);
    const compilerOptions = {
      target: "es2023",
      module: "node16",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      lib: ["es2023"],
      types: ["node"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    mkdirSync(join(modules, "@types"));
    // What TypeScript programs for Node.js have anyway.
    for (const name of ["@types/node", "undici-types"])
      symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
    for (const [index, [name]] of PROGRAMS.entries()) writeFileSync(join(folder, `${name}.ts`), programs[index] ?? "");
    expect(typeErrors([join(folder, "tsconfig.json")])).toEqual([]);

    await fill();
    for (const [name] of PROGRAMS) {
      const { outputText } = ts.transpileModule(readFileSync(join(folder, `${name}.ts`), "utf8"), {
        compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
      });
      writeFileSync(join(folder, `${name}.js`), outputText);
    }
    const { code, stdout, stderr } = await run(
      PROGRAMS.map(([name]) => `console.log("= ${name}"); await import("./${name}.js");`).join("\n"),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const printed = new Map(stdout.split(/^= /mu).map((part) => [part.split("\n", 1)[0], part.replace(/^.*\n/u, "")]));
    for (const [name, pattern] of PROGRAMS) expect(printed.get(name)).toMatch(pattern);
  });

  it("shares one signal among 28 calls without a warning, and tells its errors apart from those of another copy", async () => {
    const program = `
      import { createClient, VultrInferenceError } from "vultr-inference";
      const warnings = [];
      process.on("warning", ({ name }) => warnings.push(name));
      const client = createClient();
      const { signal } = new AbortController();
      const lists = await Promise.all(Array.from({ length: 28 }, () => client.collections.list({ signal })));
      await new Promise(setImmediate);
      const other = await import(${JSON.stringify(join(ROOT, "dist/provider/client/index.js"))});
      const error = await other.createClient().collections.get("missing").catch((reason) => reason);
      console.log(JSON.stringify({ answers: lists.length, warnings, isKnown: VultrInferenceError.isInstance(error) }));`;
    const { stdout } = await run(program);
    expect(JSON.parse(stdout)).toEqual({ answers: 28, warnings: [], isKnown: true });
  });

  /** Runs a module in the folder of the client's user. */
  function run(program: string): Promise<Ended> {
    return runCommand(process.execPath, ["--input-type=module", "--eval", program], folder, {
      VULTR_INFERENCE_BASE_URL: emulator.url,
      VULTR_INFERENCE_API_KEY: emulator.key,
    });
  }

  async function fill(): Promise<void> {
    const post = (path: string, body: unknown) =>
      fetch(`${emulator.url}/vector_store${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await post("", { name: "Handbook" });
    await post("/handbook/items", { content: "A holiday is 30 days long." });
  }
});

/** Calls the function of the program that has one, and says what that answered. */
function scripted({ tools, messages }: { tools?: readonly unknown[]; messages: readonly { content?: unknown }[] }) {
  if (tools === undefined) return undefined;
  const answered = messages.at(-1)?.content;
  return messages.length === 1
    ? { toolCalls: [{ name: "opening_hours", arguments: { day: "Monday" } }] }
    : `We are open on ${String(answered)}.`;
}
