import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Clients from "../../provider/client/index.js";
import type { Emulator, EmulatorOptions } from "../emulator/index.js";
import type * as Line from "../engine/commands/line.js";
import { startEmulator } from "./emulator.js";
import type * as Hosting from "./hosted.js";
import type { InlineProgram } from "./hosted.js";
import { itemsFor, itemsIn, type TestItem } from "./items.js";
import type * as Programs from "./program.js";
import type { TestRun } from "./run.js";
import { readEvents, TestRunFailed } from "./run.js";

/** What a stack under test starts with. */
export interface TestStackOptions {
  /** The stack's name. Default `test`. */
  readonly name?: string;
  /** The project's name where the program is a function; a folder has its own. Default `test`. */
  readonly project?: string;
  /** Config by key; a bare key belongs to the project. What reaches the emulator is set already. */
  readonly config?: Readonly<Record<string, string | { readonly secret: string }>>;
  /**
   * Environment variables for a folder's program and for providers, besides those of the test but for `PULUMI_*` and
   * `VULTR_*`.
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Whether the program declares the resources of the Pulumi plugin in place of dynamic ones, as with
   * `PULUMI_VULTR_INFERENCE_NATIVE=1`. Default false.
   */
  readonly native?: boolean;
  /** How the emulator starts. Default `{ embeddings: "light" }`. */
  readonly emulator?: EmulatorOptions;
  /** Another stack: this one shares its emulator and its state folder, so that a `StackReference` finds it. */
  readonly beside?: TestStack;
}

/** What stacks share that stand beside each other. */
interface Ground {
  readonly folder: string;
  readonly emulator: Emulator;
}

// What a test does not use it does not wait for.
const load = createRequire(__filename);
const engine = (): typeof Line => load("../engine/commands/line.js") as typeof Line;
const hosting = (): typeof Hosting => load("./hosted.js") as typeof Hosting;
const programs = (): typeof Programs => load("./program.js") as typeof Programs;
const clients = (): typeof Clients => load("../../provider/client/index.js") as typeof Clients;

/** A stack with a state, an engine and an API of its own, all on this machine. Made by {@link testStack}. */
export class TestStack {
  #client: Clients.Client | undefined;
  readonly #children = new Set<TestStack>();

  private constructor(
    /** What a `StackReference` calls it: `organization/<project>/<stack>`. */
    readonly reference: string,
    private readonly ground: Ground,
    private readonly owner: TestStack | undefined,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly host: Hosting.Host | undefined,
  ) {}

  /** @internal */
  static async open(program: string | InlineProgram, options: TestStackOptions): Promise<TestStack> {
    const { name = "test", project = "test", native = false, beside } = options;
    const environment = { ...options.environment, ...(native && { [NATIVE]: "1" }) };
    const file = { ...programs().projectFor(program, project), ...(native && programs().PLUGIN) };
    const ground = beside?.ground ?? (await newGround(options.emulator));
    const folder = join(ground.folder, "projects", file.name, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(file));
    const host = typeof program === "string" ? undefined : await hosting().hosted(program);
    const stack = new TestStack(`organization/${file.name}/${name}`, ground, beside, folder, environment, host);
    if (beside) beside.#children.add(stack);
    try {
      await stack.#init(options.config ?? {});
    } catch (error) {
      await stack.close();
      throw error;
    }
    return stack;
  }

  /** The API that the stack's resources live in: its address and key, what it was asked, what goes wrong on purpose. */
  get emulator(): Emulator {
    return this.ground.emulator;
  }

  /** A client of that API, to look at what is there. */
  get client(): Clients.Client {
    const { url, key } = this.ground.emulator;
    return (this.#client ??= clients().createClient({ baseUrl: url, apiKey: key }));
  }

  /**
   * What a collection holds, in alphabetical order of the titles.
   *
   * @param collection - its name or its id.
   * @throws Error that names the collections there are, where this is none of them.
   * @example
   * expect(await stack.items("FAQ")).toMatchObject([{ title: "Returns", content: "Within 30 days." }]);
   */
  items(collection: string): Promise<TestItem[]> {
    return itemsIn(this.client, collection);
  }

  /**
   * What answers a question, best first: all items of the collection.
   *
   * @param collection - its name or its id.
   * @throws Error as `items`.
   * @example
   * const [best] = await stack.search("FAQ", "Can I get a refund?");
   * expect(best?.title).toBe("Returns");
   */
  search(collection: string, question: string): Promise<TestItem[]> {
    return itemsFor(this.client, collection, question);
  }

  /** Shows what an update would do. */
  preview(): Promise<TestRun> {
    return this.#run("preview");
  }

  /** Brings everything to what the program says. */
  up(): Promise<TestRun> {
    return this.#run("up", "--yes", "--skip-preview");
  }

  /** Takes over what became of the resources outside of the stack. */
  refresh(): Promise<TestRun> {
    return this.#run("refresh", "--yes", "--skip-preview");
  }

  /** Deletes every resource. */
  destroy(): Promise<TestRun> {
    return this.#run("destroy", "--yes", "--skip-preview");
  }

  /**
   * Ends the emulator and removes the state, with the stacks beside this one that stand on the same ground. Twice is
   * fine.
   */
  async close(): Promise<void> {
    for (const child of this.#children) await child.close();
    this.host?.close();
    if (this.owner !== undefined) {
      this.owner.#children.delete(this);
      return;
    }
    await this.ground.emulator.close();
    if (this.#client) await clients().closeConnections();
    rmSync(this.ground.folder, { recursive: true, force: true });
  }

  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #init(config: NonNullable<TestStackOptions["config"]>): Promise<void> {
    const { url, key } = this.ground.emulator;
    const all = { "vultr-inference:baseUrl": url, "vultr-inference:apiKey": { secret: key }, ...config };
    const flags = Object.entries(all).flatMap(([name, value]) =>
      typeof value === "string" ? ["--plaintext", `${name}=${value}`] : ["--secret", `${name}=${value.secret}`],
    );
    await this.#line(["stack", "init", this.reference]);
    await this.#line(["config", "set-all", ...flags]);
  }

  async #run(command: string, ...flags: string[]): Promise<TestRun> {
    const log = join(this.folder, "events.log");
    rmSync(log, { force: true });
    const client = this.host === undefined ? [] : [`--client=${this.host.address}`];
    const line = [command, ...flags, ...client, "--event-log", log];
    const { exit, printed } = await inEnvironment(this.environment[NATIVE], () => this.#command(line));
    const outputs = JSON.parse(await this.#line(["stack", "output", "--json", "--show-secrets"])) as TestRun["outputs"];
    const run = { ...readEvents(log), printed, outputs };
    if (exit !== 0) throw new TestRunFailed(command, run);
    return run;
  }

  async #line(line: readonly string[]): Promise<string> {
    const { exit, printed } = await this.#command(line);
    if (exit !== 0) throw new Error(`testStack: ${printed.trim()}`);
    return printed;
  }

  async #command(line: readonly string[]): Promise<{ exit: number; printed: string }> {
    let printed = "";
    const print = (text: string): void => void (printed += text);
    const exit = await engine().runLine(line, {
      cwd: this.folder,
      env: this.#env(),
      out: print,
      err: print,
      input: () => "",
      onInterrupt: () => () => undefined,
    });
    return { exit, printed };
  }

  #env(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|VULTR)_/u.test(name));
    return {
      ...Object.fromEntries(inherited),
      ...this.environment,
      PULUMI_HOME: join(this.ground.folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(this.ground.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
      PULUMI_STACK: this.reference,
    };
  }
}

/** By which a program says that it declares the resources of the plugin. */
const NATIVE = "PULUMI_VULTR_INFERENCE_NATIVE";

/** Does something with a word of the environment, which a function's program shares with the test. */
async function inEnvironment<T>(native: string | undefined, work: () => Promise<T>): Promise<T> {
  const { [NATIVE]: before } = process.env;
  if (native !== undefined) process.env[NATIVE] = native;
  try {
    return await work();
  } finally {
    if (before !== undefined) process.env[NATIVE] = before;
    else if (native !== undefined) Reflect.deleteProperty(process.env, NATIVE);
  }
}

async function newGround(options: EmulatorOptions | undefined): Promise<Ground> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "vultr-inference-test-")));
  mkdirSync(join(folder, "state"));
  return { folder, emulator: await startEmulator({ embeddings: "light", ...options }) };
}

/**
 * Starts a stack for a test: the program runs on the local engine against the emulator, with a state of its own in a
 * temporary folder. Nothing of the user's login, stacks or settings is touched.
 *
 * @param program - a folder with a `Pulumi.yaml` in it or above, relative to the working directory; or a function whose
 * result are the stack's outputs. A function runs in the test's process, a folder's program in one of its own.
 * @throws Error that says what to do, where the folder has no project or the emulator cannot start.
 * @example
 * await using stack = await testStack(() => ({ id: new Collection("faq", { name: "FAQ" }).id }));
 * const { steps, outputs } = await stack.up();
 * await stack.client.collections.list();
 */
export function testStack(program: string | InlineProgram, options: TestStackOptions = {}): Promise<TestStack> {
  return TestStack.open(program, options);
}
