import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onPath } from "../../cli/engine";
import { startEmulator, type Emulator } from "../../local/emulator/index";
import { ROOT } from "../support/project-copy";

const isOnPath = (name: string): boolean => onPath(name) !== undefined;
/** Describes what needs the Pulumi CLI with a language. */
const withLanguage = (language: string) =>
  isOnPath("pulumi") && isOnPath(`pulumi-language-${language}`) ? describe : describe.skip;

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ embeddings: "light" });
  folder = mkdtempSync(join(tmpdir(), "vultr-inference-languages-"));
  for (const name of ["home", "state", "projects"]) mkdirSync(join(folder, name));
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A project folder as `npm install` leaves it, and the Pulumi CLI in it. It rejects with what was printed. */
function project(
  name: string,
  environment: Record<string, string> = {},
): { readonly at: string; readonly pulumi: (...args: string[]) => Promise<string> } {
  const at = join(folder, "projects", name);
  mkdirSync(join(at, "node_modules"), { recursive: true });
  for (const [link, target] of [
    ["pulumi-vultr-inference", ROOT],
    ["@pulumi", join(ROOT, "node_modules/@pulumi")],
  ] as const)
    symlinkSync(target, join(at, "node_modules", link));
  const env = {
    ...process.env,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}/state`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NO_COLOR: "1",
    VULTR_INFERENCE_API_KEY: emulator.key,
    VULTR_INFERENCE_BASE_URL: emulator.url,
    ...environment,
  };
  const pulumi = async (...args: string[]): Promise<string> => {
    const { status, printed } = await run(["--non-interactive", ...args], at, env);
    if (status === 0) return printed;
    throw new Error(printed);
  };
  return { at, pulumi };
}

function run(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<{ status: number | null; printed: string }> {
  const child = spawn("pulumi", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  child.stdout.on("data", (text: Buffer) => (printed += text.toString()));
  child.stderr.on("data", (text: Buffer) => (printed += text.toString()));
  return new Promise((done) => child.once("close", (status) => done({ status, printed })));
}

const send = async (method: string, path: string, body?: object): Promise<unknown> => {
  const response = await fetch(emulator.url + path, {
    method,
    headers: { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.json();
};

withLanguage("yaml")("A program in YAML", () => {
  const yaml = (resources: string): string =>
    `name: yaml\nruntime: yaml\npackages: { vultr-inference: ./node_modules/pulumi-vultr-inference/plugin ` +
    `}\nresources:\n${resources}`;
  const all = (title: string): string => `
  faq: { type: "vultr-inference:Collection", properties: { name: FAQ } }
  returns: { type: "vultr-inference:Item", properties: { collectionId: "\${faq.collectionId}", content: Within 30 days., description: ${title} } }
  manual: { type: "vultr-inference:File", properties: { collectionId: "\${faq.collectionId}", source: manual.md } }
  docs: { type: "vultr-inference:Documents", properties: { collectionId: "\${faq.collectionId}", source: { texts: [{ name: a.md, text: A text. }] } } }
  test: { type: "vultr-inference:RetrievalTest", properties: { collectionId: "\${docs.collectionId}", cases: [{ query: A text, expect: [{ text: text }] }] } }
`;

  it("makes every resource, shows changes by name, refreshes and destroys", async () => {
    const { at, pulumi } = project("yaml");
    writeFileSync(join(at, "manual.md"), "# Manual\n\nHow to use it.");
    writeFileSync(join(at, "Pulumi.yaml"), yaml(all("Returns")));
    await pulumi("stack", "init", "test");
    await expect(pulumi("up", "--yes", "--skip-preview")).resolves.toMatch(/\+ 6 created/u);
    await pulumi("preview", "--expect-no-changes");
    await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    writeFileSync(join(at, "Pulumi.yaml"), yaml(all("Returning")));
    await expect(pulumi("preview", "--diff")).resolves.toMatch(/description: "Returns" => "Returning"/u);
    await pulumi("destroy", "--yes", "--skip-preview");
    await expect(send("GET", "/vector_store")).resolves.toMatchObject({ collections: [] });
  });

  it("imports what was made by hand without a difference, and tags it by the next update", async () => {
    await send("POST", "/vector_store", { name: "Hand" });
    const { item } = (await send("POST", "/vector_store/hand/items", { content: "Made by hand." })) as {
      item: { id: string };
    };
    const { at, pulumi } = project("imported");
    const named = (options: string): string => `
  hand: { type: "vultr-inference:Collection", properties: { name: Hand }${options && `, options: { import: hand }`} }
  one: { type: "vultr-inference:Item", properties: { collectionId: "\${hand.collectionId}", content: Made by hand. }${options && `, options: { import: "hand/${item.id}" }`} }
`;
    writeFileSync(join(at, "Pulumi.yaml"), yaml(named("import")).replace("name: yaml", "name: imported"));
    await pulumi("stack", "init", "test");
    await expect(pulumi("up", "--yes", "--skip-preview")).resolves.toMatch(/= 2 imported/u);
    await expect(pulumi("up", "--yes", "--skip-preview")).resolves.toMatch(/~ 1 updated/u);
    await expect(send("GET", `/vector_store/hand/items/${item.id}`)).resolves.toMatchObject({
      item: { description: expect.stringMatching(/^\[vi:i:/u) },
    });
    await pulumi("preview", "--expect-no-changes");
    await pulumi("destroy", "--yes", "--skip-preview");
  });
});

describe.each([["yaml"], ["python"], ["go"]])("The example in %s", (language) => {
  const given = withLanguage(language);
  given("with its plugin", () => {
    it("is deployed and destroyed", async () => {
      const { at, pulumi } = project(`handbook-${language}`);
      cpSync(join(ROOT, `examples/handbook-${language}`), at, { recursive: true });
      await pulumi("install");
      if (language === "go") execFileSync("go", ["mod", "tidy"], { cwd: at, stdio: "pipe" });
      await pulumi("stack", "init", "test");
      await expect(pulumi("up", "--yes", "--skip-preview")).resolves.toMatch(/passage *: "Lunch is at noon/u);
      await pulumi("preview", "--expect-no-changes");
      await pulumi("destroy", "--yes", "--skip-preview");
    });
  });
});

test("the executable says in one line that there is no Node.js", () => {
  const { status, stderr } = spawnSync("/bin/sh", [join(ROOT, "plugin/pulumi-resource-vultr-inference")], {
    env: { PATH: folder },
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "vultr-inference needs Node.js 20.19 or later, and there is no node on PATH: install it from nodejs.org.\n",
  });
});

test.each([["pulumi-resource-vultr-inference"], ["pulumi-resource-vultr-inference.cmd"], ["index.js"]])(
  "%s asks for the version of Node.js that the package asks for",
  (file) => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { engines: { node: string } };
    const [major, minor] = /(\d+)\.(\d+)/u.exec(engines.node)?.slice(1) ?? [];
    expect(readFileSync(join(ROOT, "plugin", file), "utf8")).toMatch(
      new RegExp(`\\b${major ?? ""}(?:\\.|, )${minor ?? ""}\\b`, "u"),
    );
  },
);
