import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { local } from "./engines.js";
import { Stage } from "./play.js";

/** What a command says when it cannot go on: its exit code, and one sentence on stderr without a stack trace. */
async function said(stage: Stage, ...args: string[]): Promise<string> {
  const { exit, stderr } = await stage.run(...args, "--non-interactive");
  expect(stderr).not.toMatch(/^\s+at /mu);
  return `${exit} ${stderr.trim()}`;
}

describe("what goes wrong before anything is done", () => {
  const stage = new Stage(local);
  const clean: NodeJS.ProcessEnv = stage.env;
  const withEnv = (env: NodeJS.ProcessEnv): void =>
    void Object.defineProperty(stage, "env", { value: { ...clean, ...env }, configurable: true });

  beforeAll(async () => {
    await stage.init();
    stage.prepare({ run: "up", declares: { outputs: { open: 1, hidden: { $secret: "hush" } } } });
    await stage.run("up", "--yes", "--skip-preview");
  });
  afterEach(() => withEnv({}));
  afterAll(() => stage.remove());

  it.each([
    [["up", "--yes", "--stack", "nope"], "6 error: no stack named 'nope' found"],
    [["stack", "select", "--stack", "nope"], "6 error: no stack named 'nope' found"],
    [["stack", "init", "test"], "1 error: stack 'organization/parity/test' already exists"],
    [["stack", "output", "nope"], "1 error: current stack does not have output property 'nope'"],
    [["config", "get", "nope"], "1 error: configuration key 'nope' not found for stack 'test'"],
    [
      ["up", "--target", "x"],
      '1 error: The flag --target of "pulumi up" is not supported by the local engine; use the Pulumi CLI',
    ],
    [
      ["up", "--diff"],
      '1 error: The flag --diff of "pulumi up" is not supported by the local engine; use the Pulumi CLI',
    ],
    [
      ["preview", "--json"],
      '1 error: The flag --json of "pulumi preview" is not supported by the local engine; use the Pulumi CLI',
    ],
    [["config"], '1 error: "pulumi config" without --json is not supported by the local engine; use the Pulumi CLI'],
    [
      ["stack", "import"],
      '1 error: The command "pulumi stack import" is not supported by the local engine; use the Pulumi CLI',
    ],
  ])("%j says so", async (args, expected) => {
    expect(await said(stage, ...args)).toBe(expected);
  });

  it("a missing --yes has its own exit code", async () => {
    expect(await said(stage, "up")).toMatch(/^2 error: --yes or --skip-preview or --preview-only must be passed/u);
  });

  it("a wrong passphrase is told of, and outputs that are no secret are shown without it", async () => {
    withEnv({ PULUMI_CONFIG_PASSPHRASE: "wrong" });
    expect(await said(stage, "preview")).toMatch(
      /^1 error: incorrect passphrase, please set PULUMI_CONFIG_PASSPHRASE/u,
    );
    expect(await said(stage, "stack", "output", "--show-secrets")).toMatch(/^1 error: incorrect passphrase/u);
    const { stdout } = await stage.run("stack", "output", "--json");
    expect(JSON.parse(stdout)).toEqual({ open: 1, hidden: "[secret]" });
  });

  it("a missing passphrase is told of", async () => {
    const env = Object.fromEntries(Object.entries(clean).filter(([name]) => name !== "PULUMI_CONFIG_PASSPHRASE"));
    Object.defineProperty(stage, "env", { value: env, configurable: true });
    expect(await said(stage, "preview")).toMatch(/^1 error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE/u);
  });

  it("a stack that another run holds is left alone, and its holder named", async () => {
    const locks = join(stage.folder, "backend/.pulumi/locks/organization/parity/test");
    mkdirSync(locks, { recursive: true });
    const holder = { pid: 1, username: "ada", hostname: "elsewhere", timestamp: "2026-01-01T00:00:00Z" };
    writeFileSync(join(locks, "held.json"), JSON.stringify(holder));
    const before = readFileSync(stage.checkpoint, "utf8");
    expect(await said(stage, "up", "--yes", "--skip-preview")).toMatch(
      /^1 error: the stack is currently locked by 1 lock\(s\).*\n.*created by ada@elsewhere \(pid 1\)/u,
    );
    expect(readFileSync(stage.checkpoint, "utf8")).toBe(before);
    expect((await stage.run("preview")).exit).toBe(0);
    expect((await stage.run("cancel", "--yes")).exit).toBe(0);
    expect((await stage.run("up", "--yes", "--skip-preview")).exit).toBe(0);
  });

  it("a state file that was cut is named and never overwritten", async () => {
    const whole = readFileSync(stage.checkpoint, "utf8");
    writeFileSync(stage.checkpoint, whole.slice(0, 300));
    expect(await said(stage, "up", "--yes", "--skip-preview")).toMatch(
      /^1 error: the state file .*test\.json is broken: not valid JSON.*\.bak$/u,
    );
    expect(readFileSync(stage.checkpoint, "utf8")).toBe(whole.slice(0, 300));
    writeFileSync(stage.checkpoint, whole);
  });
});

describe("what a program asks for in vain", () => {
  it.each([
    ["ignoreChanges", { ignoreChanges: ["value"] }],
    ["replaceOnChanges", { replaceOnChanges: ["value"] }],
    ["deleteBeforeReplace", { deleteBeforeReplace: true }],
    ["import", { import: "x" }],
  ])("%s is refused by name, and nothing of it is done", async (option, opts) => {
    const stage = new Stage(local);
    try {
      await stage.init();
      const { exit, errors } = await stage.play({
        run: "up",
        declares: { resources: [{ name: "a", props: { value: "x" }, opts }] },
      });
      expect([exit, errors]).toEqual([
        1,
        [`: The resource option ${option} (of a) is not supported by the local engine; use the Pulumi CLI`],
      ]);
      expect(stage.objects()).toEqual([]);
    } finally {
      stage.remove();
    }
  });
});

it("a secret of the config is masked in what the program prints, and stands nowhere in plain", async () => {
  const stage = new Stage(local);
  try {
    await stage.init();
    await stage.run("config", "set", "--secret", "key", "canary-7f3a");
    const declares = {
      resources: [{ name: "a", props: { value: { $config: "key" } } }],
      print: ["the key is canary-7f3a"],
    };
    stage.prepare({ run: "up", declares });
    const { stdout, stderr } = await stage.run("up", "--yes", "--skip-preview");
    expect(stdout).toContain("the key is [secret]");
    const { stdout: history } = await stage.run("stack", "history", "--json");
    for (const text of [stdout, stderr, history]) expect(text).not.toContain("canary-7f3a");
    // The shout of the test provider is in capitals: an echo under another name is the provider's to mark.
    expect(readFileSync(stage.checkpoint, "utf8")).not.toContain("canary-7f3a");
    const { stdout: exported } = await stage.run("stack", "export", "--show-secrets");
    expect(exported).toContain("canary-7f3a");
  } finally {
    stage.remove();
  }
});
