import { effectiveConfig, readSetting, validateConfig } from "../project/config.js";
import type { Project } from "../project/project.js";
import type { Setting } from "../project/settings.js";
import { monitorService } from "../monitor/monitor.js";
import { EngineServer } from "../monitor/server.js";
import type { StackOutputs } from "../plugins/builtin.js";
import { type Program, runInline, runProgram } from "../plugins/language.js";
import { ProviderRegistry } from "../plugins/registry.js";
import type { Reporter } from "../display/reporter.js";
import type { Crypter } from "../secrets/passphrase.js";
import { ORGANIZATION } from "../state/backend.js";
import type { StateLog } from "../state/snapshot-manager.js";
import type { ResourceState } from "../state/resource.js";
import { type Properties, secret } from "../values/properties.js";
import { isProviderType } from "../values/urn.js";
import type { Mode } from "../plan/planner.js";
import { Deployment } from "./deployment.js";

/** A stack's config, readable. */
export interface RunConfig {
  readonly plain: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** @param stack - whose config has to be what the project wants; undefined where the program does not run. */
export function runConfig(
  project: Project,
  settings: Readonly<Record<string, Setting>>,
  crypter: Crypter,
  stack: string | undefined,
): RunConfig {
  const all = Object.entries(effectiveConfig(project, settings));
  const read = all.map(([key, setting]) => [key, readSetting(setting, crypter)] as const);
  if (stack !== undefined) validateConfig(project, stack, Object.fromEntries(read));
  return {
    plain: Object.fromEntries(read.map(([key, { value }]) => [key, value])),
    secretKeys: read.filter(([, value]) => value.secret).map(([key]) => key),
  };
}

export interface SessionOptions {
  readonly project: Project;
  readonly stack: string;
  readonly env: NodeJS.ProcessEnv;
  readonly dryRun: boolean;
  readonly mode: Mode;
  readonly parallel: number;
  readonly config: RunConfig;
  readonly resources: readonly ResourceState[];
  readonly log: StateLog;
  readonly reporter: Reporter;
  readonly stackOutputs: StackOutputs;
  /** The address of a program that lives in the calling process. */
  readonly client?: string | undefined;
}

/** The processes and services of one run. */
export class Session {
  private constructor(
    private readonly options: SessionOptions,
    readonly deployment: Deployment,
    private readonly server: EngineServer,
    private readonly providers: ProviderRegistry,
  ) {}

  static async open(options: SessionOptions): Promise<Session> {
    const { project, reporter, config, env, stackOutputs } = options;
    const late: { deployment?: Deployment } = {};
    const registrar = (): Deployment => {
      if (late.deployment === undefined) throw new Error("the run has not begun");
      return late.deployment;
    };
    // Looked up at every call, since the deployment is built upon the server's address.
    const server = await EngineServer.start(monitorService(registrar, project), (message) => reporter.show(message));
    const print = (line: string, isError: boolean): void => reporter.print(line, isError);
    const providers = new ProviderRegistry({ project, env, engineAddress: server.address, print, stackOutputs });
    const deployment = new Deployment(
      {
        ...options,
        project: project.name,
        observer: reporter,
        providerConfig: providerConfig(config),
        plugins: project.plugins,
        now: () => new Date(),
      },
      providers,
    );
    late.deployment = deployment;
    return new Session(options, deployment, server, providers);
  }

  /** Starts the stack's program. */
  program(): Program {
    // A first update most likely makes dynamic resources; later ones are like the one before.
    const { resources } = this.options;
    if (resources.length === 0 || resources.some(({ type }) => isProviderType(type))) this.providers.warm();
    const { project, stack, dryRun, parallel, config, env, client, reporter } = this.options;
    const { address } = this.server;
    const run = {
      project,
      stack,
      organization: ORGANIZATION,
      monitorAddress: address,
      engineAddress: address,
      dryRun,
      parallel,
      config: config.plain,
      secretKeys: config.secretKeys,
      env,
      print: (line: string, isError: boolean) => reporter.print(line, isError),
    };
    return client === undefined ? runProgram(run) : runInline(client, run);
  }

  /** Calls the run off: nothing new begins, and providers are asked to give up what they are at. */
  cancel(): void {
    this.deployment.cancel();
    this.providers.cancel();
  }

  async close(): Promise<void> {
    await this.providers.close();
    this.server.stop();
  }
}

/** Dynamic providers are configured with the whole config of the stack. */
function providerConfig({ plain, secretKeys }: RunConfig): Properties {
  const entries = Object.entries(plain);
  return Object.fromEntries(entries.map(([key, value]) => [key, secretKeys.includes(key) ? secret(value) : value]));
}
