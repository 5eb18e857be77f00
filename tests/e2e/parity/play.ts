import {
  copyFileSync,
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
import { dirname, join } from "node:path";
import type { Engine, Ran } from "./engines.js";
import { SDK } from "./engines.js";

/** What the test program declares; see program/index.js for the notation of values. */
export interface Declared {
  readonly resources?: readonly {
    readonly kind?: "Thing" | "Group" | "Account";
    readonly name: string;
    /** Another type of the same kind. */
    readonly type?: string;
    readonly id?: string;
    readonly props?: Readonly<Record<string, unknown>>;
    readonly opts?: Readonly<Record<string, unknown>>;
  }[];
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly print?: readonly string[];
  readonly throws?: string;
}

/** One command in a scenario, and what happens to the world before it. */
export interface Phase {
  readonly run: "preview" | "up" | "refresh" | "destroy";
  /** Flags besides those that the Automation API always gives. */
  readonly flags?: readonly string[];
  /** The program from now on; without one it stays as it was. */
  readonly declares?: Declared;
  /** What fails in this phase: `"create a": { message }`, also `half create`, `exit`. */
  readonly faults?: Readonly<Record<string, { readonly message?: string; readonly exit?: boolean }>>;
  /** Objects that vanish behind the stack's back, by id; those that are not there do not matter. */
  readonly vanish?: readonly string[];
  /** Objects that are changed behind the stack's back: id to new content. */
  readonly drift?: Readonly<Record<string, object>>;
  /** Files to write beside the program first, for file assets. */
  readonly files?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, string>>;
}

export interface Scenario {
  readonly name: string;
  /** Where it matters how the program's process ends, the program is not hosted by the test. */
  readonly process?: true;
  readonly phases: readonly Phase[];
}

/** What one command did, without what differs from run to run. */
export interface Played {
  readonly exit: number;
  /** `op name` of every step that was begun, sorted: independent steps come in any order. */
  readonly steps: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** First lines of errors, with the resource they stand on. */
  readonly errors: readonly string[];
  /** The provider's calls, sorted. */
  readonly calls: readonly string[];
  readonly state: unknown;
}

const PROGRAM = join(__dirname, "program");

/** Something to play scenarios in: a program, a world, a backend and a home of their own. */
export class Stage {
  readonly program: string;
  readonly world: string;
  readonly env: NodeJS.ProcessEnv;
  readonly declared: string;
  readonly #events: string;

  /** @param folder - of another stage, to go on in it with another engine. */
  constructor(
    private readonly engine: Engine,
    readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "parity-"))),
  ) {
    this.program = join(folder, "program");
    this.world = join(folder, "world");
    this.declared = join(folder, "declared.json");
    this.#events = join(folder, "events.log");
    this.env = {
      HOME: folder,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "parity",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_DIY_BACKEND_NO_LEGACY_WARNING: "true",
      PARITY_WORLD: this.world,
      PARITY_STACK: this.declared,
    };
    if (existsSync(this.program)) return;
    for (const name of ["program", "world", "backend", "home"]) mkdirSync(join(folder, name));
    writeFileSync(this.#object("z.1"), JSON.stringify({ name: "z", value: "not the stack's" }));
    symlinkSync(dirname(dirname(SDK)), join(folder, "node_modules"));
    for (const name of ["index.js", "declare.js", "world.js", "package.json", "Pulumi.yaml"])
      copyFileSync(join(PROGRAM, name), join(this.program, name));
  }

  /** Runs a command line of `pulumi`. */
  run(...line: string[]): Promise<Ran> {
    return this.engine.run(line, { cwd: this.program, env: this.env });
  }

  async init(): Promise<void> {
    const { exit, stderr } = await this.run("stack", "init", "test", "--non-interactive");
    if (exit !== 0) throw new Error(stderr);
  }

  prepare(phase: Phase): void {
    if (phase.declares) writeFileSync(this.declared, JSON.stringify(phase.declares));
    writeFileSync(join(this.world, "faults.json"), JSON.stringify(phase.faults ?? {}));
    for (const id of phase.vanish ?? []) rmSync(this.#object(id), { force: true });
    for (const [id, content] of Object.entries(phase.drift ?? {}))
      if (existsSync(this.#object(id))) writeFileSync(this.#object(id), JSON.stringify(content));
    for (const [name, content] of Object.entries(phase.files ?? {})) writeFileSync(join(this.program, name), content);
  }

  /** @param client - where the program is hosted; without it the engine runs the program in a process of its own. */
  async play(phase: Phase, client?: string): Promise<Played> {
    this.prepare(phase);
    for (const [key, value] of Object.entries(phase.config ?? {})) await this.run("config", "set", key, value);
    rmSync(this.#events, { force: true });
    rmSync(join(this.world, "calls.log"), { force: true });
    const always =
      phase.run === "preview" || phase.flags?.includes("--preview-only") ? [] : ["--yes", "--skip-preview"];
    const inline = client === undefined ? [] : [`--client=${client}`];
    const flags = ["--non-interactive", "--event-log", this.#events, ...always, ...inline, ...(phase.flags ?? [])];
    const { exit } = await this.run(phase.run, ...flags);
    return { exit, ...this.#eventsPlayed(), calls: this.#calls(), state: this.state() };
  }

  /** What the stack has in the world: ids of all objects but the one that was there before. */
  objects(): string[] {
    const files = readdirSync(this.world).filter(
      (name) => name.endsWith(".json") && name !== "faults.json" && name !== "z.1.json",
    );
    return files.map((name) => name.slice(0, -".json".length)).sort();
  }

  get checkpoint(): string {
    return join(this.folder, "backend/.pulumi/stacks/parity/test.json");
  }

  state(): unknown {
    return normalizedState(JSON.parse(readFileSync(this.checkpoint, "utf8")));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #object(id: string): string {
    return join(this.world, `${id}.json`);
  }

  #calls(): string[] {
    const log = join(this.world, "calls.log");
    const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
    return lines.map((line) => (JSON.parse(line) as string[]).join(" ")).sort();
  }

  #eventsPlayed(): Pick<Played, "steps" | "counts" | "errors"> {
    const lines = existsSync(this.#events) ? readFileSync(this.#events, "utf8").trim().split("\n") : [];
    const events = lines.filter(Boolean).map((line) => JSON.parse(line) as Event);
    return {
      steps: events
        .flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? [])
        .map(({ op, urn }) => `${op} ${nameOf(urn)}`)
        .sort(),
      counts: events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges ?? {},
      errors: events
        .flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === "error" ? diagnosticEvent : []))
        .map(({ urn = "", message }) => `${nameOf(urn)}: ${sentenceOf(message).replaceAll(this.folder, "")}`)
        .sort(),
    };
  }
}

/** The first line; of a lost connection only that it was lost, which each library says in its own words. */
const sentenceOf = (message: string): string =>
  /^(error reading from server: EOF|the provider process ended)/u.test(message)
    ? "<the provider died>"
    : (message.split("\n")[0] ?? "");

interface Event {
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
  readonly summaryEvent?: { readonly resourceChanges: Readonly<Record<string, number>> };
  readonly diagnosticEvent?: { readonly urn?: string; readonly severity: string; readonly message: string };
}

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";

type Json = Readonly<Record<string, unknown>>;

/** A checkpoint without times, places in source files, ciphertexts and random ids, its resources by URN. */
export function normalizedState(checkpoint: unknown): unknown {
  const latest = (checkpoint as { checkpoint: { latest: Json } }).checkpoint.latest;
  const resources = (latest["resources"] ?? []) as Json[];
  const operations = (latest["pending_operations"] ?? []) as { type: string; resource: Json }[];
  const key = (state: Json): string => `${String(state["urn"])} ${String(state["id"])} ${String(state["delete"])}`;
  return {
    resources: resources.map(normalizedResource).sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    ...(operations.length > 0 && {
      pending: operations.map(({ type, resource }) => `${type} ${nameOf(String(resource["urn"]))}`).sort(),
    }),
  };
}

function normalizedResource(resource: Json): Json {
  const { created, modified, sourcePosition, stackTrace, dependencies, ...rest } = resource;
  const text = JSON.stringify(rest)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu, "<uuid>")
    .replaceAll(/"ciphertext":"[^"]*"/gu, '"ciphertext":"<secret>"');
  return {
    ...(JSON.parse(text) as Json),
    ...(Array.isArray(dependencies) && { dependencies: [...(dependencies as string[])].sort() }),
    ...(created !== undefined && { modified: modified === created ? "when created" : "later" }),
    hasSource: sourcePosition !== undefined && Array.isArray(stackTrace),
  };
}
