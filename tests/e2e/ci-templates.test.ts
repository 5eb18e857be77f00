import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import { engineRoot } from "../../local/engine/index.js";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { runCommand, type Ended } from "../support/command.js";
import { onEachEngine, type Engine } from "../support/engines.js";
import { ROOT } from "../support/project-copy.js";

interface Step {
  readonly run?: string;
  readonly env?: Record<string, string>;
}
interface Job {
  readonly steps: readonly Step[];
  readonly env?: Record<string, string>;
}

/** A repository made of the example, and a machine on which its CI runs: with stubs of what is not ours. */
class Runner {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "ci-")));
  readonly repository = join(this.folder, "repository");
  readonly #bin = join(this.folder, "bin");
  readonly #values: Readonly<Record<string, string>>;

  constructor(
    private readonly engine: Engine,
    emulator: Emulator,
  ) {
    cpSync(join(ROOT, "examples/ci"), this.repository, {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
    for (const one of [
      this.#bin,
      join(this.folder, "state"),
      join(this.folder, "home"),
      join(this.repository, "node_modules/.bin"),
    ])
      mkdirSync(one, { recursive: true });
    const modules = join(this.repository, "node_modules");
    for (const name of ["@pulumi", "typescript", "@types"])
      symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
    symlinkSync(ROOT, join(modules, "pulumi-vultr-inference"));
    writeFileSync(
      join(modules, ".bin/vultr-inference"),
      `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "dist/cli/main.js")}" "$@"\n`,
    );
    chmodSync(join(modules, ".bin/vultr-inference"), 0o755);
    if (engine.name === "local engine") symlinkSync(join(engineRoot(), "bin/pulumi"), join(this.#bin, "pulumi"));
    for (const name of ["npm", "gh", "curl"]) this.#stub(name);
    this.#values = {
      "vars.PULUMI_BACKEND_URL": `file://${join(this.folder, "state")}`,
      "secrets.PULUMI_ACCESS_TOKEN": "",
      "secrets.PULUMI_CONFIG_PASSPHRASE": "a passphrase",
      "secrets.VULTR_INFERENCE_API_KEY": emulator.key,
      "github.token": "a-token",
      "github.event.pull_request.number": "12",
    };
    this.git("init", "--quiet", "--initial-branch=main");
    writeFileSync(join(this.repository, ".gitignore"), "node_modules\n");
    this.commit();
  }

  /** What stands in for a command writes down how it was called, and what file it was given. */
  #stub(name: string): void {
    const path = join(this.#bin, name);
    writeFileSync(
      path,
      `#!/bin/sh\nlast=""\necho "${name} $*" >> "${this.folder}/calls"\nfor one in "$@"; do if [ "$last" = ` +
        `--body-file ]; then cat "$one" > "${this.folder}/body"; fi; last=$one; done\n`,
    );
    chmodSync(path, 0o755);
  }

  git(...args: string[]): string {
    const env = {
      ...process.env,
      GIT_AUTHOR_NAME: "T",
      GIT_AUTHOR_EMAIL: "t@example.com",
      GIT_COMMITTER_NAME: "T",
      GIT_COMMITTER_EMAIL: "t@example.com",
    };
    return execFileSync("git", args, { cwd: this.repository, env, encoding: "utf8" }).trim();
  }

  commit(): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "Change");
    if (this.git("branch", "--show-current") === "main") this.git("update-ref", "refs/remotes/origin/main", "HEAD");
  }

  /** Calls of the stubs since the last time. */
  calls(): string[] {
    const path = join(this.folder, "calls");
    const lines = existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
    rmSync(path, { force: true });
    // The CLI asks for it.
    return lines.filter((line) => line !== "npm --version");
  }

  /** The file that a stub was given last. */
  body(): string {
    return readFileSync(join(this.folder, "body"), "utf8");
  }

  shell(line: string, env: Record<string, string> = {}): Promise<Ended> {
    const path = [
      this.#bin,
      dirname(process.execPath),
      this.engine.path(),
      join(ROOT, "node_modules/@pulumi/pulumi/bin"),
    ].join(delimiter);
    return runCommand("bash", ["-e", "-o", "pipefail", "-c", line], this.repository, {
      PATH: path,
      HOME: this.folder,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      GITHUB_BASE_REF: "main",
      CI: "true",
      ...env,
    });
  }

  /** Runs the lines of a job of GitHub Actions one after the other, up to the first that fails. */
  async github(file: string, job: string, emulatorUrl: string): Promise<Ended> {
    const { jobs } = parse(readFileSync(join(this.repository, ".github/workflows", file), "utf8")) as {
      jobs: Record<string, Job>;
    };
    const { steps, env = {} } = jobs[job] ?? { steps: [] };
    return this.#lines(
      steps.flatMap((step) => (step.run === undefined ? [] : [{ line: step.run, env: { ...env, ...step.env } }])),
      emulatorUrl,
    );
  }

  /** The same of a job of GitLab, with what it sets itself. */
  async gitlab(job: string, emulatorUrl: string): Promise<Ended> {
    const all = parse(readFileSync(join(this.repository, ".gitlab-ci.yml"), "utf8")) as Record<
      string,
      { before_script?: string[]; script?: string[]; after_script?: string[] }
    >;
    const own = {
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      CI_API_V4_URL: "https://gitlab.invalid/api/v4",
      CI_PROJECT_ID: "1",
      CI_MERGE_REQUEST_IID: "2",
      GITLAB_TOKEN: "${{ github.token }}",
      ...names(["vars.PULUMI_BACKEND_URL", "secrets.PULUMI_CONFIG_PASSPHRASE", "secrets.VULTR_INFERENCE_API_KEY"]),
    };
    const lines = [
      ...(all["default"]?.before_script ?? []),
      ...(all[job]?.script ?? []),
      ...(all[job]?.after_script ?? []),
    ];
    return this.#lines(
      lines.map((line) => ({ line, env: own })),
      emulatorUrl,
    );
  }

  async #lines(lines: readonly { line: string; env: Record<string, string> }[], emulatorUrl: string): Promise<Ended> {
    expect(lines.length).toBeGreaterThan(0);
    let printed = "";
    for (const { line, env } of lines) {
      const known = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [
          name,
          value.replaceAll(/\$\{\{ (.+?) \}\}/gu, (_, key: string) => this.#value(key)),
        ]),
      );
      const ended = await this.shell(line, { ...known, VULTR_INFERENCE_BASE_URL: emulatorUrl });
      printed += ended.stdout + ended.stderr;
      if (ended.code !== 0) return { ...ended, stdout: printed };
    }
    return { code: 0, stdout: printed, stderr: "" };
  }

  #value(key: string): string {
    const value = this.#values[key];
    if (value === undefined) throw new Error(`The template reads ${key}, which the test does not know.`);
    return value;
  }
}

function names(keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key.split(".").at(-1) ?? "", `\${{ ${key} }}`]));
}

onEachEngine("The templates for CI", (engine) => {
  let emulator: Emulator;
  let runner: Runner;
  beforeAll(async () => {
    emulator = await startEmulator({ embeddings: "light" });
    runner = new Runner(engine, emulator);
    const init = await runner.shell("pulumi stack init prod --non-interactive", {
      PULUMI_BACKEND_URL: `file://${join(runner.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase",
    });
    expect(init).toMatchObject({ code: 0 });
    runner.commit();
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(runner.folder, { recursive: true, force: true });
  });
  const ask = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(emulator.url + path, {
      method,
      headers: { authorization: `Bearer ${emulator.key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });

  it("of GitHub deploy what is merged, comment on a branch, and open an issue on drift", async () => {
    expect(await runner.github("main.yml", "up", emulator.url)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("recall") as string,
    });
    expect(runner.calls()).toEqual(["npm ci --ignore-scripts"]);

    runner.git("checkout", "--quiet", "-b", "feature");
    writeFileSync(join(runner.repository, "docs/gifts.md"), "# Gifts\n\nWe wrap gifts at no cost.\n");
    runner.commit();
    expect(await runner.github("pull-request.yml", "diff", emulator.url)).toMatchObject({ code: 0, stderr: "" });
    expect(runner.calls()).toEqual([
      "npm ci --ignore-scripts",
      "gh pr comment 12 --edit-last --create-if-none --body-file diff.md",
    ]);
    expect(runner.body()).toContain("| \\+ | gifts.md | 0 → 1 |");
    const preview = await runner.github("pull-request.yml", "preview", emulator.url);
    expect(preview).toMatchObject({ code: 0, stdout: expect.stringContaining("+ gifts.md  1 chunk") as string });

    runner.git("checkout", "--quiet", "main");
    runner.calls();
    expect((await runner.github("nightly.yml", "drift", emulator.url)).code).toBe(0);
    expect(runner.calls()).toEqual(["npm ci --ignore-scripts"]);
    await ask("PATCH", "/vector_store/handbook", { name: "By hand" });
    expect((await runner.github("nightly.yml", "drift", emulator.url)).code).toBe(0);
    expect(runner.calls().map((call) => call.split(" ").slice(0, 3).join(" "))).toEqual([
      "npm ci --ignore-scripts",
      "gh issue list",
      "gh label create",
      "gh issue create",
    ]);
    expect(runner.body()).toContain("was renamed from");
  }, 180_000);

  it("of GitLab do the same, and a drift fails the job with 7", async () => {
    await ask("PATCH", "/vector_store/handbook", { name: "By hand" });
    expect(await runner.gitlab("drift", emulator.url)).toMatchObject({ code: 7 });
    expect(readFileSync(join(runner.repository, "drift.xml"), "utf8")).toContain('type="collection-renamed"');
    expect(await runner.gitlab("up", emulator.url)).toMatchObject({ code: 0 });
    await ask("PATCH", "/vector_store/handbook", { name: "Handbook" });
    expect(await runner.gitlab("drift", emulator.url)).toMatchObject({ code: 0 });

    runner.git("checkout", "--quiet", "feature");
    runner.calls();
    expect(await runner.gitlab("diff", emulator.url)).toMatchObject({ code: 0 });
    expect(runner.calls().at(-1)).toMatch(
      /^curl .* body@diff\.md https:\/\/gitlab\.invalid\/api\/v4\/projects\/1\/merge_requests\/2\/notes$/u,
    );
    expect(await runner.gitlab("preview", emulator.url)).toMatchObject({ code: 0 });
  }, 180_000);
});
