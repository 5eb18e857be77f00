import { spawn } from "node:child_process";
import type { ClientUnaryCall } from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import * as messages from "@pulumi/pulumi/proto/language_pb.js";
import { messageOf } from "../errors.js";
import { CHANNEL_OPTIONS, grpc } from "../protocol/pulumi.js";
import type { Project } from "../project/project.js";
import { compiled, ended, lines } from "./child.js";
import { sdkFile } from "./registry.js";

/** What a program is told about the run it is part of. */
export interface ProgramRun {
  readonly project: Project;
  readonly stack: string;
  readonly organization: string;
  readonly monitorAddress: string;
  readonly engineAddress: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  /** All config values in plain, and which of them are secret. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly print: (line: string, isError: boolean) => void;
}

/** A program that runs. */
export interface Program {
  /** Undefined when it ended well, else what to say of it; "" when it has said everything itself. */
  readonly failure: Promise<string | undefined>;
  stop(): void;
}

/** The SDK's exit code for "failed, and the user has been told". */
const REPORTED = 32;

/** Runs the program of a project folder in a process of its own, through the SDK's own start-up code. */
export function runProgram(run: ProgramRun): Program {
  const { project, env } = run;
  const args = [
    "--require",
    compiled("late.js"),
    ...project.nodeArgs,
    sdkFile(project, "cmd/run"),
    "--monitor",
    run.monitorAddress,
    "--engine",
    run.engineAddress,
    "--organization",
    run.organization,
    "--project",
    project.name,
    "--root-directory",
    project.root,
    "--stack",
    run.stack,
    "--pwd",
    project.workDir,
    ...(run.dryRun ? ["--dry-run"] : []),
    "--parallel",
    String(run.parallel),
    project.entryPoint,
  ];
  const child = spawn(process.execPath, args, {
    cwd: project.workDir,
    // Config travels in the environment, never in arguments, which every user of the machine can read.
    env: {
      ...env,
      PULUMI_CONFIG: JSON.stringify(run.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
      ...(project.typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
      ...(project.tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig }),
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  lines(child.stdout, (line) => run.print(line, false));
  lines(child.stderr, (line) => run.print(line, true));
  return { failure: ended(child).then(saying), stop: () => void child.kill() };
}

function saying(how: number | string): string | undefined {
  if (how === 0) return undefined;
  if (how === REPORTED) return "";
  return typeof how === "number"
    ? `Program exited with non-zero exit code: ${how}`
    : `Program was ended by ${how} before it was done`;
}

/**
 * Runs a program by one call to a language service: of the process that called the engine, for a program that lives
 * there, or of a language's host.
 */
export function runInline(address: string, run: ProgramRun): Program {
  const client = new LanguageRuntimeClient(address, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
  const { project } = run;
  let call: ClientUnaryCall | undefined;
  const info = new messages.ProgramInfo()
    .setRootDirectory(project.root)
    .setProgramDirectory(project.workDir)
    .setEntryPoint(project.entryPoint);
  const request = new messages.RunRequest()
    .setProject(project.name)
    .setStack(run.stack)
    .setOrganization(run.organization)
    .setPwd(project.workDir)
    .setProgram(project.entryPoint)
    .setInfo(info)
    .setArgsList([run.engineAddress])
    .setDryrun(run.dryRun)
    .setParallel(run.parallel)
    .setMonitorAddress(run.monitorAddress)
    .setLoaderTarget(run.monitorAddress)
    .setConfigsecretkeysList([...run.secretKeys]);
  for (const [key, value] of Object.entries(run.config)) request.getConfigMap().set(key, value);
  const ran = new Promise<messages.RunResponse>((done, failed) => {
    call = client.run(request, (error, reply) => (error === null ? done(reply) : failed(error)));
  });
  const failure = ran.then(
    (reply) => (reply.getBail() ? "" : reply.getError() || undefined),
    (error: unknown) => messageOf(error),
  );
  // A program that waits for what will not come does not end by itself.
  return { failure: failure.finally(() => client.close()), stop: () => call?.cancel() };
}
