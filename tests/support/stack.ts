import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  LocalWorkspace,
  type DestroyOptions,
  type EngineEvent,
  type OutputMap,
  type PreviewOptions,
  type Stack,
  type UpOptions,
} from "@pulumi/pulumi/automation";
import { startEmulator, type Emulator, type EmulatorOptions, type JournalEntry } from "../../local/emulator/index.js";
import type { Engine } from "./engines.js";
import { follow, RunFailed, type Run } from "./run.js";

/** A value that JSON cannot say: a secret, a `StringAsset`, or a `FileAsset`. */
export type Special = { secret: string } | { text: string } | { file: string };

/**
 * What the program in `tests/e2e/programs/declared` declares. Everything by resource or output name; `options` are
 * resource options.
 */
export interface Declaration {
  collections?: Record<string, Record<string, unknown>>;
  /** `in` names a collection of the program, or is the id of another. */
  items?: Record<string, { in: string; content?: string | Special; description?: string; [other: string]: unknown }>;
  files?: Record<string, { in: string; source?: string | Special; [other: string]: unknown }>;
  /** `account` configures a provider of their own, `formerly` is the name that they had. */
  documents?: Record<
    string,
    { in: string; source: unknown; account?: Record<string, unknown>; formerly?: string; [other: string]: unknown }
  >;
  /** `dependsOn` names the resources that they wait for. */
  tests?: Record<
    string,
    { in: string; dependsOn?: string[]; cases: object[] | { secret: object[] }; [other: string]: unknown }
  >;
  existingCollections?: Record<string, string>;
  existingItems?: Record<string, string>;
  /** Their outputs are the contents found. */
  searches?: Record<string, { in: string; input: string; dependsOn?: string[] }>;
  /** Output name to `<resource>.<property>`. */
  outputs?: Record<string, string>;
}

/** A resource as the state file holds it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  delete?: boolean;
  inputs: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

/** How a rig differs from the usual one. */
export interface RigOptions {
  /** A folder of `tests/e2e/programs`, or an absolute one. Default `declared`. */
  program?: string;
  emulator?: EmulatorOptions;
  /** Above what points the provider at the emulator; `undefined` takes a variable away. */
  environment?: Record<string, string | undefined>;
}

const PROJECT = "e2e";
const STACK = "test";
export const PASSPHRASE = "a passphrase for tests";

/** A stack with its own state and settings in a temporary folder, run by one engine, and the API that it talks to. */
export class Rig {
  private constructor(
    /** All that engine and stack leave on the disk. */
    readonly folder: string,
    readonly emulator: Emulator,
    readonly stack: Stack,
  ) {}

  static async start(engine: Engine, options: RigOptions = {}): Promise<Rig> {
    const folder = mkdtempSync(join(tmpdir(), "vultr-inference-e2e-"));
    const emulator = await startEmulator({ embeddings: "light", ...options.emulator });
    try {
      const rig = new Rig(folder, emulator, await openStack(engine, folder, emulator, options));
      rig.declare({});
      return rig;
    } catch (error) {
      await emulator.close();
      throw error;
    }
  }

  /** What the next run declares. */
  declare(declaration: Declaration): void {
    writeFileSync(join(this.folder, "declared.json"), JSON.stringify(declaration));
  }

  /** Writes a file that a declaration can name. */
  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** Sets environment variables for the runs to come; `undefined` takes one away. */
  environment(variables: Record<string, string | undefined>): void {
    this.stack.workspace.envVars = defined({ ...this.stack.workspace.envVars, ...variables });
  }

  /**
   * Declares again where told to, and deploys. Like the other three it throws {@link RunFailed} where the run fails.
   */
  up(declaration?: Declaration, options: Pick<UpOptions, "replace" | "target" | "plan" | "signal"> = {}): Promise<Run> {
    if (declaration) this.declare(declaration);
    return this.#run((onEvent, onOutput) =>
      this.stack.up({ onEvent, onOutput, onError: onOutput, suppressProgress: true, ...options }),
    );
  }

  preview(declaration?: Declaration, options: Pick<PreviewOptions, "plan"> = {}): Promise<Run> {
    if (declaration) this.declare(declaration);
    return this.#run((onEvent, onOutput) =>
      this.stack.preview({ onEvent, onOutput, onError: onOutput, suppressProgress: true, ...options }),
    );
  }

  refresh(): Promise<Run> {
    return this.#run((onEvent, onOutput) =>
      this.stack.refresh({ onEvent, onOutput, onError: onOutput, suppressProgress: true }),
    );
  }

  destroy(options: Pick<DestroyOptions, "signal"> = {}): Promise<Run> {
    return this.#run((onEvent, onOutput) =>
      this.stack.destroy({ onEvent, onOutput, onError: onOutput, suppressProgress: true, ...options }),
    );
  }

  async #run(
    operation: (onEvent: (event: EngineEvent) => void, onOutput: (text: string) => void) => Promise<object>,
  ): Promise<Run> {
    this.emulator.journal.clear();
    const { onEvent, onOutput, run } = follow();
    try {
      const result = await operation(onEvent, onOutput);
      return { ...run(), outputs: "outputs" in result ? (result.outputs as OutputMap) : {} };
    } catch (error) {
      throw new RunFailed(run(), error);
    }
  }

  /** The state file, letter by letter. */
  stateText(): string {
    return readFileSync(join(this.folder, "state/.pulumi/stacks", PROJECT, `${STACK}.json`), "utf8");
  }

  /** The resources of the state file by name, without the stack itself and its providers. */
  state(): Record<string, StateResource> {
    const { checkpoint } = JSON.parse(this.stateText()) as {
      checkpoint: { latest: { resources?: StateResource[] } | null };
    };
    const own = (checkpoint.latest?.resources ?? []).filter(({ type }) =>
      /^(?:pulumi-nodejs:dynamic\/)?vultr-inference:/u.test(type),
    );
    return Object.fromEntries(own.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
  }

  /** The one resource of this name in the state file. */
  stored(name: string): StateResource & { id: string; outputs: Record<string, unknown> } {
    const { id, outputs = {}, ...rest } = this.state()[name] ?? missing(name);
    return { ...rest, id: id ?? missing(`${name}'s id`), outputs };
  }

  /** What the last run asked of the API. */
  calls(): string[] {
    return this.emulator.journal.map(({ operation }) => operation);
  }

  /** What the last run asked of the API to change something. */
  writes(): string[] {
    return this.emulator.journal.filter(isWrite).map(({ operation }) => operation);
  }

  /** Asks the API past the stack. */
  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.emulator.url + path, {
      method,
      headers: { authorization: `Bearer ${this.emulator.key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok && method !== "GET") throw new Error(`${method} ${path}: ${response.status}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  /** The collections that the API holds. */
  async collections(): Promise<{ id: string; name: string }[]> {
    return (await this.ask<{ collections: { id: string; name: string }[] }>("GET", "/vector_store")).collections;
  }

  /** The items that the API holds in a collection, with their contents, oldest first. */
  async items(collectionId: string): Promise<{ id: string; content: string; description: string }[]> {
    const path = `/vector_store/${collectionId}/items`;
    const { items } = await this.ask<{ items: { id: string }[] }>("GET", path);
    const whole = items.map(({ id }) =>
      this.ask<{ item: { id: string; content: string; description: string } }>("GET", `${path}/${id}`),
    );
    return (await Promise.all(whole)).map(({ item }) => item);
  }

  async close(): Promise<void> {
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function openStack(engine: Engine, folder: string, emulator: Emulator, options: RigOptions): Promise<Stack> {
  for (const name of ["project", "state", "home"]) mkdirSync(join(folder, name));
  const main = resolve(__dirname, "../e2e/programs", options.program ?? "declared");
  const { isNative } = engine;
  const plugins = { providers: [{ name: "vultr-inference", path: resolve(__dirname, "../../plugin") }] };
  return LocalWorkspace.createOrSelectStack(
    { stackName: STACK, workDir: join(folder, "project") },
    {
      pulumiCommand: await engine.command(),
      // Programs in plain JavaScript start faster without the compiler.
      projectSettings: {
        name: PROJECT,
        runtime: { name: "nodejs", options: { typescript: false } },
        main,
        ...(isNative && { plugins }),
      },
      envVars: defined({
        VULTR_INFERENCE_BASE_URL: emulator.url,
        VULTR_INFERENCE_API_KEY: emulator.key,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        DECLARED: join(folder, "declared.json"),
        ...(isNative && { PULUMI_VULTR_INFERENCE_NATIVE: "1" }),
        ...options.environment,
      }),
    },
  );
}

function isWrite({ method, operation }: JournalEntry): boolean {
  return method !== "GET" && operation !== "searchCollection";
}

function defined(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function missing(what: string): never {
  throw new Error(`The state has no ${what}.`);
}
