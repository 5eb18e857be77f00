import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalWorkspace, PulumiCommand, type EngineEvent, type OutputMap, type Stack } from "@pulumi/pulumi/automation";
import { startEmulator, type Emulator } from "../../local/emulator/index.js";
import { ROOT } from "./project-copy.js";
import { follow, RunFailed, type Run } from "./run.js";
import type { StateResource } from "./stack.js";

/** A resource of a YAML program. */
export interface YamlResource {
  readonly type: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What a YAML program declares, by name. */
export interface YamlProgram {
  readonly resources: Readonly<Record<string, YamlResource>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

type Stored = StateResource & { id: string; outputs: Record<string, unknown> };

/** What follows the events and lines of an operation. */
interface Followed {
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly suppressProgress: true;
}

/** A stack of a YAML program on the Pulumi CLI, as `npm install` leaves its project, and the API that it talks to. */
export class YamlStack {
  private constructor(
    readonly folder: string,
    readonly emulator: Emulator,
    readonly stack: Stack,
  ) {}

  static async start(name: string): Promise<YamlStack> {
    const folder = mkdtempSync(join(tmpdir(), "vultr-inference-yaml-"));
    const emulator = await startEmulator({ embeddings: "light" });
    const project = join(folder, name);
    for (const part of ["home", "state", `${name}/node_modules`]) mkdirSync(join(folder, part), { recursive: true });
    for (const [link, target] of [
      ["pulumi-vultr-inference", ROOT],
      ["@pulumi", join(ROOT, "node_modules/@pulumi")],
    ] as const)
      symlinkSync(target, join(project, "node_modules", link));
    writeProgram(project, name, { resources: {} });
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "test", workDir: project },
      {
        pulumiCommand: await PulumiCommand.get(),
        envVars: {
          VULTR_INFERENCE_BASE_URL: emulator.url,
          VULTR_INFERENCE_API_KEY: emulator.key,
          VULTR_INFERENCE_MAX_RETRIES: "0",
          PULUMI_HOME: join(folder, "home"),
          PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
    return new YamlStack(folder, emulator, stack);
  }

  /** The project's folder. */
  get project(): string {
    return this.stack.workspace.workDir;
  }

  get #name(): string {
    return this.project.split(/[\\/]/u).at(-1) ?? "";
  }

  /** Writes a file of the project. */
  file(name: string, text: string): void {
    mkdirSync(dirname(join(this.project, name)), { recursive: true });
    writeFileSync(join(this.project, name), text);
  }

  up(program?: YamlProgram): Promise<Run> {
    return this.#run((followed) => this.stack.up(followed), program);
  }

  preview(program?: YamlProgram): Promise<Run> {
    return this.#run((followed) => this.stack.preview({ ...followed, diff: true }), program);
  }

  refresh(): Promise<Run> {
    return this.#run((followed) => this.stack.refresh(followed));
  }

  destroy(): Promise<Run> {
    return this.#run((followed) => this.stack.destroy(followed));
  }

  async #run(operation: (followed: Followed) => Promise<object>, program?: YamlProgram): Promise<Run> {
    if (program) writeProgram(this.project, this.#name, program);
    this.emulator.journal.clear();
    const { onEvent, onOutput, run } = follow();
    try {
      const result = await operation({ onEvent, onOutput, onError: onOutput, suppressProgress: true });
      return { ...run(), outputs: "outputs" in result ? (result.outputs as OutputMap) : {} };
    } catch (error) {
      throw new RunFailed(run(), error);
    }
  }

  /** What the last run asked of the API to change something. */
  writes(): string[] {
    return this.emulator.journal
      .filter(({ method, operation }) => method !== "GET" && operation !== "searchCollection")
      .map(({ operation }) => operation);
  }

  /** Asks the API past the stack. */
  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.emulator.url + path, {
      method,
      headers: { authorization: `Bearer ${this.emulator.key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  /** The contents of all items that the API holds in a collection. */
  async contents(collectionId: string): Promise<string[]> {
    const { items } = await this.ask<{ items: { id: string }[] }>("GET", `/vector_store/${collectionId}/items`);
    const whole = items.map(({ id }) =>
      this.ask<{ item: { content: string } }>("GET", `/vector_store/${collectionId}/items/${id}`),
    );
    return (await Promise.all(whole)).map(({ item }) => item.content).sort();
  }

  stateText(): string {
    return readFileSync(join(this.folder, "state/.pulumi/stacks", this.#name, "test.json"), "utf8");
  }

  /** The resources of the state by name. */
  state(): Record<string, Stored> {
    const { checkpoint } = JSON.parse(this.stateText()) as { checkpoint: { latest: { resources?: Stored[] } | null } };
    const own = (checkpoint.latest?.resources ?? []).filter(({ type }) => type.startsWith("vultr-inference:"));
    return Object.fromEntries(own.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
  }

  async close(): Promise<void> {
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** JSON is YAML, too. */
function writeProgram(project: string, name: string, program: YamlProgram): void {
  const packages = { "vultr-inference": "./node_modules/pulumi-vultr-inference/plugin" };
  writeFileSync(join(project, "Pulumi.yaml"), JSON.stringify({ name, runtime: "yaml", packages, ...program }));
}
