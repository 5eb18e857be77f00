import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { UserError } from "../errors.js";
import type { Project } from "../project/project.js";
import type { ResourceState } from "../state/resource.js";
import { nameOf, packageOf, providerType } from "../values/urn.js";
import { compiled, ended, lines } from "./child.js";
import { BUILTIN, BuiltinProvider, type StackOutputs } from "./builtin.js";
import { Provider, type ProviderCalls } from "./provider.js";

/** The package whose provider is the SDK's own process for dynamic resources. */
export const DYNAMIC = "pulumi-nodejs";

/** The types of the providers that there are for a project: of plugins, those that it names. */
export const providersOf = ({ plugins }: Pick<Project, "plugins">): string[] =>
  [DYNAMIC, BUILTIN, ...Object.keys(plugins)].map(providerType);

/** The reference by which a resource names its provider. */
export const referenceTo = (provider: { readonly urn: string; readonly id?: string }): string =>
  `${provider.urn}::${provider.id ?? ""}`;

interface Launched {
  readonly child: ChildProcess;
  readonly port: string;
}

interface Running {
  readonly provider: ProviderCalls;
  /** Undefined for the engine's own. */
  readonly child?: ChildProcess;
}

export interface RegistryOptions {
  readonly project: Project;
  readonly env: NodeJS.ProcessEnv;
  /** Where providers reach the engine. */
  readonly engineAddress: string;
  /** Told about everything that a provider prints. */
  readonly print: (line: string, isError: boolean) => void;
  readonly stackOutputs: StackOutputs;
}

/** The provider processes of one run: one for each provider resource, started when first needed. */
export class ProviderRegistry {
  readonly #resources = new Map<string, ResourceState>();
  readonly #running = new Map<string, Promise<Running>>();
  #spare: Promise<Launched> | undefined;
  #closed = false;

  constructor(private readonly options: RegistryOptions) {}

  /** Makes a provider known. A process that runs with another configuration is left to its calls and replaced. */
  register(resource: ResourceState): void {
    const reference = referenceTo(resource);
    if (this.#resources.get(reference) === resource) return;
    this.#resources.set(reference, resource);
    const running = this.#running.get(reference);
    this.#running.delete(reference);
    void running?.then(stop, () => undefined);
  }

  has(reference: string): boolean {
    return this.#resources.has(reference);
  }

  /** Starts a process before it is known for which provider: it loads while the program does. */
  warm(): void {
    if (Object.keys(this.options.project.plugins).length > 0) return;
    this.#spare ??= this.#launch(DYNAMIC);
    this.#spare.catch(() => undefined);
  }

  /** The provider of a reference, running and configured. */
  async get(reference: string): Promise<ProviderCalls> {
    const running = this.#running.get(reference) ?? this.#start(reference);
    this.#running.set(reference, running);
    return (await running).provider;
  }

  /** Asks all providers to give up what they are at. */
  cancel(): void {
    for (const running of this.#running.values())
      void running.then(
        ({ provider }) => provider.cancel(),
        () => undefined,
      );
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    this.#closed = true;
    const all = await Promise.allSettled(this.#running.values());
    for (const result of all) if (result.status === "fulfilled") stop(result.value);
    await this.#spare?.then(
      ({ child }) => child.kill(),
      () => false,
    );
  }

  async #start(reference: string): Promise<Running> {
    const resource = this.#resources.get(reference);
    if (resource === undefined) throw new Error(`unknown provider ${reference}`);
    if (resource.type === providerType(BUILTIN)) return { provider: new BuiltinProvider(this.options.stackOutputs) };
    const { child, port } = await this.#launchFor(packageOf(resource.type.slice(providerType("").length)));
    const subject = { urn: resource.urn, name: nameOf(resource.urn), type: resource.type, id: resource.id ?? "" };
    const provider = await Provider.connect(`127.0.0.1:${port}`, subject, resource.inputs);
    return { child, provider };
  }

  #launchFor(pkg: string): Promise<Launched> {
    if (pkg !== DYNAMIC) return this.#launch(pkg);
    const launched = this.#spare ?? this.#launch(pkg);
    this.#spare = undefined;
    return launched;
  }

  async #launch(pkg: string): Promise<Launched> {
    const child = this.#spawn(pkg);
    return { child, port: await this.#port(child, pkg) };
  }

  /** Starts the SDK's process for dynamic resources, or the Node.js package in a plugin's folder. */
  #spawn(pkg: string): ChildProcess {
    const { project, env, engineAddress } = this.options;
    const script = pkg === DYNAMIC ? sdkFile(project, "cmd/dynamic-provider") : (project.plugins[pkg] ?? "");
    return spawn(process.execPath, ["--require", compiled("leash.js"), script, engineAddress], {
      cwd: project.workDir,
      env: { ...env, PULUMI_NODEJS_PROJECT: project.name, PULUMI_PROJECT: project.name },
      stdio: ["pipe", "pipe", "pipe"],
      // A Ctrl-C in the terminal is for the engine alone: what runs is to finish.
      detached: true,
    });
  }

  async #port(child: ChildProcess, pkg: string): Promise<string> {
    const { print } = this.options;
    const port = new Promise<string>((done) => {
      let first = true;
      lines(child.stdout, (line) => {
        if (!first) print(line, false);
        else done(line.trim());
        first = false;
      });
    });
    lines(child.stderr, (line) => print(line, true));
    const died = ended(child).then((how) => {
      if (this.#closed) return "";
      const what =
        pkg === DYNAMIC
          ? "the provider process of dynamic resources"
          : `the plugin ${pkg} in ${this.options.project.plugins[pkg] ?? ""}`;
      throw new UserError(`${what} did not start (it ended with ${how})`);
    });
    died.catch(() => undefined);
    return Promise.race([port, died]);
  }
}

function stop({ child, provider }: Running): void {
  provider.close();
  // As the CLI ends them, too: a provider that wants to tidy up hears it.
  child?.kill("SIGINT");
}

/** A file of the program's own @pulumi/pulumi: what the program was written against is what runs it. */
export function sdkFile(project: Project, file: string): string {
  const requireFromProgram = createRequire(join(project.workDir, "_"));
  try {
    return requireFromProgram.resolve(`@pulumi/pulumi/${file}`);
  } catch {
    throw new UserError(
      `It looks like the Pulumi SDK has not been installed: @pulumi/pulumi was not found from ${project.workDir}. ` +
        "Have you run npm install?",
    );
  }
}
