import { parse } from "yaml";
import { stackFiles } from "../../../cli/adopt/stack-files.js";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import ts from "typescript";
import { startEmulator, type Emulator } from "../../../local/emulator/index.js";
import { engineRoot } from "../../../local/engine/index.js";
import { runCommand, type Ended } from "../../support/command.js";
import { sessionOf } from "../../support/docs.js";
import { onEachEngine } from "../../support/engines.js";
import { ROOT } from "../../support/project-copy.js";

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator({ embeddings: "light", like: { takenName: "suffix" } });
  folder = realpathSync(mkdtempSync(join(tmpdir(), "adopt-test-")));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask<T>(method: string, path: string, body?: object | FormData): Promise<T> {
  const isForm = body instanceof FormData;
  const response = await fetch(emulator.url + path, {
    method,
    headers: { authorization: `Bearer ${emulator.key}`, ...(!isForm && { "content-type": "application/json" }) },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

const collection = async (name: string): Promise<string> =>
  (await ask<{ collection: { id: string } }>("POST", "/vector_store", { name })).collection.id;
const item = async (id: string, content: string, description?: string): Promise<string> =>
  (
    await ask<{ item: { id: string } }>("POST", `/vector_store/${id}/items`, {
      content,
      ...(description !== undefined && { description }),
    })
  ).item.id;

function adopt(environment: Record<string, string>, ...args: string[]): Promise<Ended> {
  return runCommand(process.execPath, [join(ROOT, "dist/cli/main.js"), "adopt", ...args], folder, {
    VULTR_INFERENCE_BASE_URL: emulator.url,
    VULTR_INFERENCE_API_KEY: emulator.key,
    VULTR_INFERENCE_MAX_RETRIES: "0",
    ...environment,
  });
}

/** Requests of the emulator that change something. */
const writes = (): string[] =>
  emulator.journal
    .filter(({ method, operation }) => method !== "GET" && operation !== "searchCollection")
    .map(({ operation }) => operation);

/** Everything wrong with the types of a written stack. */
function typeErrors(stack: string): string[] {
  const { config } = ts.readConfigFile(join(stack, "tsconfig.json"), (path) => readFileSync(path, "utf8")) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noEmit: true, types: ["node"] },
    stack,
  );
  return ts
    .getPreEmitDiagnostics(ts.createProgram([join(stack, "index.ts")], options))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("The command adopt", () => {
  it("shows what the account holds, and in a pipe writes nothing unless told what", async () => {
    expect((await adopt({})).stdout).toBe("The account has no collections.\n");
    const faq = await collection("FAQ");
    await item(faq, "Alpha");
    await collection("Odd \u001b[31m name");
    const { code, stdout } = await adopt({});
    expect(code).toBe(0);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toMatch(/^ID +NAME +ITEMS {2}OF STACKS {2}FILES\nfaq +FAQ +1 +0 +0\n/u);
    expect(stdout).toContain("Name those that a stack shall take over, or give --all.");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("prints what its page in the docs shows", async () => {
    const byHand = await collection("By hand");
    for (const text of ["Alpha", "Beta"]) await item(byHand, text);
    const session = sessionOf("docs/adopt.md");
    expect(session.length).toBeGreaterThan(1);
    expect(JSON.parse((await adopt({}, "--format", "json")).stdout)).toEqual({
      version: 1,
      collections: [{ id: byHand, name: "By hand", items: 2, ofStacks: 0, files: 0 }],
    });
    const { stdout: json } = await adopt({}, byHand, "--cwd", "infra", "--out", "stack", "--format", "json");
    const written = JSON.parse(json) as { files: string[] };
    expect(written).toEqual({
      ...{ version: 1, folder: "infra/stack", collections: [byHand], items: 2, left: [] },
      files: expect.arrayContaining(["index.ts", "Pulumi.yaml", `documents/${byHand}/items.json`]),
    });
    expect(written.files.filter((name) => !existsSync(join(folder, "infra/stack", name)))).toEqual([]);
    for (const { typed, printed } of session) {
      const { code, stdout, stderr } = await adopt(
        {},
        ...typed
          .replace("npx pulumi-vultr-inference adopt", "")
          .trim()
          .split(" ")
          .filter((word) => word !== ""),
      );
      expect({ typed, code, printed: stdout + stderr }).toEqual({ typed, code: 0, printed });
    }
  });

  it("says what is wrong, and then has written nothing", async () => {
    const faq = await collection("FAQ");
    await collection("FAQ");
    await item(faq, "Alpha");
    expect(await adopt({}, "FAQ")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /no collection with the id "FAQ"\. Collections of that name have the ids "faq" and "faq\w+"\./u,
      ) as string,
    });
    expect(await adopt({}, "nothing")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('It has "faq"') as string,
    });
    expect((await adopt({ VULTR_INFERENCE_API_KEY: "" }, "faq")).stderr).toContain("VULTR_INFERENCE_API_KEY");
    const refused = await adopt({ VULTR_INFERENCE_API_KEY: "a-wrong-key" }, "faq");
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).not.toContain("a-wrong-key");
    emulator.faults.add({ operation: "getItem", status: 500 });
    expect(await adopt({}, "faq")).toMatchObject({ code: 1 });
    emulator.faults.clear();
    expect(readdirSync(folder)).toEqual([]);

    mkdirSync(join(folder, "adopted"));
    writeFileSync(join(folder, "adopted/index.ts"), "mine");
    expect(await adopt({}, "faq")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("has index.ts already, and nothing was written") as string,
    });
    expect(readdirSync(join(folder, "adopted"))).toEqual(["index.ts"]);

    writeFileSync(join(folder, "file"), "mine");
    mkdirSync(join(folder, "half/package.json"), { recursive: true });
    for (const [out, code] of [
      ["file", "ENOTDIR"],
      ["half", "EISDIR"],
      ...(process.platform === "linux" ? [["/proc/x/y", "ENOENT"]] : []),
    ]) {
      const refusal = await adopt({}, "faq", "--out", out ?? "", "--force");
      expect(refusal.code).toBe(1);
      expect(refusal.stderr).toMatch(
        new RegExp(`^The stack cannot be written to \\S+ \\(${code}\\)\\..*--out\\.\\n$`, "u"),
      );
    }
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(
      ["adopted", "adopted/index.ts", "file", "half", "half/package.json"].sort(),
    );
    expect(await adopt({}, "faq", "--force")).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "adopted/index.ts"), "utf8")).toContain("takeOver(");
  });

  it("leaves alone what a stack manages and what may come from files, and says so", async () => {
    const faq = await collection("FAQ");
    await item(faq, "Alpha", "[vi:i:abcdefghijkl:0:0123456789ab] Managed");
    const files = await collection("Files");
    const form = new FormData();
    form.append("file", new Blob(["A document of some words."]), "a.txt");
    await ask("POST", `/vector_store/${files}/files`, form);
    const { stdout, code } = await adopt({}, "--all");
    expect(code).toBe(0);
    expect(stdout).toContain("Wrote a stack with 2 collections and 0 items to adopted.");
    expect(stdout).toContain('1 item of "faq" bears the tag of a stack\'s resource.');
    expect(stdout).toContain('1 file of "files" cannot be taken over as it is');
    const managed = await adopt({}, "faq", "--managed", "--force");
    expect(managed.stdout).toContain("1 collection and 1 item");
    expect(JSON.parse(readFileSync(join(folder, "adopted/documents/faq/items.json"), "utf8"))).toMatchObject([
      { name: "managed", file: "managed.md", description: "Managed" },
    ]);
  });
});

onEachEngine("A stack that adopt wrote", (engine) => {
  it("type-checks, shows no upload, replacement or deletion, takes everything over at no cost, and then sees no change", async () => {
    const faq = await collection("FAQ");
    const twin = await collection("FAQ");
    const odd = [
      "With a description",
      "Line\nbreak and \ttab",
      "‮ override",
      "Ünïcödé ✓",
      'quotes " and `ticks` ${x}',
      "[vi:i:short] no mark",
      "same",
      "same",
      "x".repeat(300),
      " blanks around ",
    ];
    for (const description of odd)
      await item(faq, `Content of ${JSON.stringify(description).slice(0, 40)}.\r\nSecond line.  \n`, description);
    await item(faq, "\uFEFFA byte order mark, and no description");
    await item(faq, "no description either");
    await Promise.all(
      Array.from({ length: Number(process.env["ADOPT_ITEMS"] ?? 15) }, (_, index) =>
        item(twin, `Text number ${index}.`, index % 2 === 0 ? `Number ${index}` : undefined),
      ),
    );
    const total = async (id: string): Promise<number> =>
      (await ask<{ items: unknown[] }>("GET", `/vector_store/${id}/items`)).items.length;
    const before = [await total(faq), await total(twin)];
    emulator.journal.clear();
    // What YAML takes for a number, unless it is quoted.
    const { code, stdout } = await adopt({}, "--all", "--out", "My Stacks/1e3");
    expect([code, writes()]).toEqual([0, []]);
    expect(stdout).toContain(`2 collections and ${(before[0] ?? 0) + (before[1] ?? 0)} items to My Stacks/1e3.`);

    const stack = join(folder, "My Stacks/1e3");
    mkdirSync(join(stack, "node_modules"));
    for (const name of ["@pulumi", "typescript", "@types"])
      symlinkSync(join(ROOT, "node_modules", name), join(stack, "node_modules", name));
    symlinkSync(ROOT, join(stack, "node_modules/pulumi-vultr-inference"));
    expect(typeErrors(stack)).toEqual([]);

    for (const name of ["state", "home"]) mkdirSync(join(folder, name));
    const path =
      engine.name === "local engine" ? [join(engineRoot(), "bin"), engine.path()].join(delimiter) : engine.path();
    const environment = {
      PATH: path,
      VULTR_INFERENCE_BASE_URL: emulator.url,
      VULTR_INFERENCE_API_KEY: emulator.key,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "x",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
    const pulumi = (...line: string[]): Promise<Ended> =>
      runCommand("pulumi", [...line, "--non-interactive", "--stack", "prod"], stack, environment);
    expect(
      await runCommand("pulumi", ["stack", "init", "prod", "--non-interactive"], stack, environment),
    ).toMatchObject({ code: 0 });
    const preview = await pulumi("preview");
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.stdout).toMatch(/Resources:\n {4}\+ \d+ to create\n\n?$/u);

    // Its row, and its own place below.
    expect(preview.stdout.match(/^ +Takes over the items and files that adopt names/gmu)).toHaveLength(1);

    emulator.journal.clear();
    expect(await pulumi("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    // Nothing is added, embedded or deleted: items get the tag of the resource that manages them from now on.
    expect(new Set(writes())).toEqual(new Set(["updateItem"]));
    expect([await total(faq), await total(twin)]).toEqual(before);
    emulator.journal.clear();
    expect(await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(writes()).toEqual([]);
    const destroyed = await pulumi("destroy", "--yes", "--skip-preview");
    expect(destroyed.code).not.toBe(0);
    expect([await total(faq), await total(twin), writes()]).toEqual([...before, []]);
    expect(existsSync(join(stack, "documents/faq/with-a-description.md"))).toBe(true);
  }, 120_000);
});

it("A stack whose folder has the name of another kind of value is still called by a text", () => {
  for (const name of ["123", "true", "1e3", "2020-01-01", "null", "yes", "a: b"]) {
    const written = stackFiles(name, "1.0.0", []).files.get("Pulumi.yaml") ?? "";
    for (const version of ["1.1", "1.2"] as const)
      expect(parse(written, { version })).toMatchObject({ name, runtime: "nodejs" });
  }
});
