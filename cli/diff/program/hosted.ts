/**
 * Programs that a language host of the Pulumi CLI runs, and the component that the plugin makes for them. Both are
 * processes that print their port and are called there.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { GetSchemaResponse, type GetSchemaRequest } from "@pulumi/pulumi/proto/codegen/loader_pb.js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { ConstructRequest, type ConstructResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import {
  answered,
  CHANNEL_OPTIONS,
  grpc,
  lines,
  runInline,
  type Program,
  type ProgramRun,
} from "../../../local/engine/programs.js";
import { messageOf } from "../../../provider/text/error-message.js";
import { PACKAGE } from "../../../plugin/resources.js";
import { schemaText } from "../../../plugin/schema.js";
import { onPath } from "../../engine.js";

/** The languages besides Node.js whose programs can be run: those of others need packages that each version builds. */
export const HOSTED: readonly string[] = ["yaml"];

/** The executable that runs programs of a language; nothing where there is none on PATH. */
export function languageHost(runtime: string): string | undefined {
  return onPath(`pulumi-language-${runtime}`);
}

/** A process that is called by gRPC. */
interface Service {
  readonly address: string;
  stop(): void;
}

/** Starts one, and waits for the line with its port. It ends with this process at the latest. */
async function service(
  command: string,
  args: readonly string[],
  { cwd, env, print }: Pick<ProgramRun, "env" | "print"> & { readonly cwd: string },
): Promise<Service> {
  const child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  const stop = (): void => void child.kill();
  process.once("exit", stop);
  child.once("exit", () => process.off("exit", stop));
  lines(child.stderr, (line) => print(line, true));
  const port = await new Promise<string>((found, failed) => {
    child.once("error", failed);
    child.once("exit", () => failed(new Error(`${command} ended before it was ready.`)));
    lines(child.stdout, (line) => {
      found(line);
      print(line, false);
    });
  });
  return { address: `127.0.0.1:${port}`, stop };
}

/** Runs a program by its language's host. */
export function runHosted(host: string, run: ProgramRun): Program {
  const started = service(host, [run.engineAddress], { ...run, cwd: run.project.workDir });
  const program = started.then(({ address }) => runInline(address, run));
  const stop = (): void => {
    void started.then((running) => running.stop());
  };
  const failure = program.then(
    (running) => running.failure,
    (error: unknown) => messageOf(error),
  );
  return { failure: failure.finally(stop), stop };
}

/** Tells programs what this package offers. Of other packages nothing is known, which such programs say. */
export function loaderService(): UntypedServiceImplementation {
  return {
    getSchema: answered((request: GetSchemaRequest) => {
      if (request.getPackage() === PACKAGE) return new GetSchemaResponse().setSchema(Buffer.from(schemaText()));
      throw new Error(
        `diff knows no other package than ${PACKAGE}: it cannot run a program with ${request.getPackage()}`,
      );
    }),
  };
}

/** Makes the parts of components, which the plugin registers with the monitor that it is told. */
export class Components {
  #plugin: Promise<Service> | undefined;

  constructor(private readonly run: Omit<ProgramRun, "monitorAddress" | "engineAddress">) {}

  async make(request: RegisterResourceRequest, monitor: string): Promise<ConstructResponse> {
    const { project, env, print } = this.run;
    this.#plugin ??= service(process.execPath, [pluginFile(), monitor], { env, print, cwd: project.workDir });
    const { address } = await this.#plugin;
    const client = new ResourceProviderClient(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
    const construct = new ConstructRequest()
      .setProject(project.name)
      .setStack(this.run.stack)
      .setOrganization(this.run.organization)
      .setParallel(this.run.parallel)
      .setDryrun(true)
      .setMonitorendpoint(monitor)
      .setType(request.getType())
      .setName(request.getName())
      .setParent(request.getParent())
      .setInputs(request.getObject());
    try {
      return await new Promise((made, failed) => {
        client.construct(construct, (error, reply) =>
          error === null ? made(reply) : failed(new Error(error.details)),
        );
      });
    } finally {
      client.close();
    }
  }

  stop(): void {
    void this.#plugin?.then((running) => running.stop());
  }
}

/** The plugin's executable: tests run the sources of this file. */
function pluginFile(): string {
  return (
    [join(__dirname, "../../../../plugin/index.js"), join(__dirname, "../../../plugin/index.js")].find(existsSync) ?? ""
  );
}
