import { execFileSync } from "node:child_process";
import {
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
import { dirname, join } from "node:path";
import { runCommand, type Ended } from "../../support/command.js";
import { ROOT } from "../../support/project-copy.js";

/** The command. */
export const MAIN = join(ROOT, "dist/cli/main.js");

/** A program that declares documents from the folder `docs` beside it. */
export const PROGRAM = (documents = '"docs"', more = ""): string => `
const { Config } = require("@pulumi/pulumi");
const { KnowledgeBase, Collection, Documents } = require("pulumi-vultr-inference");
new KnowledgeBase("handbook", { name: "Handbook", documents: ${documents} });
${more}`;

/** A git repository with a stack in it, and packages installed beside. */
export class Repository {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "diff-test-")));

  constructor(readonly stackFolder = ".") {
    this.git("init", "--quiet", "--initial-branch=main");
    this.write({
      ".gitignore": "node_modules\n",
      "Pulumi.yaml": "name: kb\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "package.json": '{ "name": "kb", "private": true, "main": "index.js" }',
      "index.js": PROGRAM(),
    });
    const modules = join(this.folder, "node_modules");
    mkdirSync(modules);
    for (const name of ["@pulumi", "typescript", "@types"])
      symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
    symlinkSync(ROOT, join(modules, "pulumi-vultr-inference"));
  }

  get folder(): string {
    return join(this.root, this.stackFolder);
  }

  git(...args: string[]): string {
    const env = {
      ...process.env,
      GIT_AUTHOR_NAME: "T",
      GIT_AUTHOR_EMAIL: "t@example.com",
      GIT_COMMITTER_NAME: "T",
      GIT_COMMITTER_EMAIL: "t@example.com",
    };
    return execFileSync("git", args, { cwd: this.root, env, encoding: "utf8" }).trim();
  }

  /** Writes files of the stack's folder; `undefined` deletes one. */
  write(files: Readonly<Record<string, string | Buffer | undefined>>): this {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.folder, name);
      if (content === undefined) rmSync(path);
      else {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      }
    }
    return this;
  }

  commit(): this {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "Change");
    return this;
  }

  /** All that git has of its own on the disk and that a look must leave as it is. */
  footprint(): string {
    return [
      this.git("status", "--porcelain"),
      this.git("worktree", "list"),
      readFileSync(join(this.root, ".git/index")).toString("hex"),
    ].join("\n");
  }

  /** Runs `vultr-inference diff` in the stack's folder, with neither key nor passphrase. */
  diff(...flags: string[]): Promise<Ended> {
    return this.diffWith({}, ...flags);
  }

  diffWith(environment: Record<string, string>, ...flags: string[]): Promise<Ended> {
    return runCommand(process.execPath, [MAIN, "diff", ...flags], this.folder, { ...this.environment, ...environment });
  }

  /** What the command sees: an API that nothing listens for, no key, and a place for what is temporary. */
  get environment(): Record<string, string> {
    return {
      VULTR_INFERENCE_API_KEY: "",
      VULTR_INFERENCE_BASE_URL: "http://127.0.0.1:1/v1",
      PULUMI_STACK: "",
      GITHUB_ACTIONS: "",
      TMPDIR: this.#scratch(),
    };
  }

  /** What runs have left behind. */
  left(): string[] {
    return readdirSync(this.#scratch()).filter((name) => name.startsWith("vultr-inference"));
  }

  #scratch(): string {
    const path = join(this.root, ".git", "scratch");
    mkdirSync(path, { recursive: true });
    return path;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
