import { clean } from "../../../provider/text/clean.js";
import { NATIVE_VARIABLE, OFFLINE_VARIABLE } from "../../../provider/api/setting.js";
import { EngineServer, ORGANIZATION, runProgram } from "../../../local/engine/programs.js";
import { Components, loaderService, runHosted } from "./hosted.js";
import { asClasses } from "./served.js";
import { Recorder, type Declared } from "./recorder.js";
import type { StackConfig, StackFolder } from "./project.js";

/** What a program declares. */
export interface Declarations {
  readonly resources: readonly Declared[];
  /** Look-ups of other providers, which were not asked. */
  readonly lookups: readonly string[];
  /** Why the program did not run to its end; what it declared before is there. */
  readonly failure?: string;
}

interface Run {
  readonly stack: string;
  readonly config: StackConfig;
  readonly signal: AbortSignal;
}

const LINES_KEPT = 20;

/** Runs a stack's program for what it declares alone: nothing is deployed, and no provider or API is asked. */
export async function declarationsOf(
  { project, host }: StackFolder,
  { stack, config, signal }: Run,
): Promise<Declarations> {
  const errors: string[] = [];
  const printed: string[] = [];
  const about = {
    project,
    stack,
    organization: ORGANIZATION,
    dryRun: true,
    parallel: 16,
    config: config.values,
    secretKeys: config.secretKeys,
    // Types are the compiler's business, and those of the packages may be newer than the base.
    env: { ...process.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true", [OFFLINE_VARIABLE]: "true", [NATIVE_VARIABLE]: "" },
    print: (line: string, isError: boolean) => {
      if (isError) printed.push(line);
      if (printed.length > LINES_KEPT) printed.shift();
    },
  };
  const components = new Components(about);
  // Looked up once the program runs, and the server with it.
  const recorder = new Recorder({ project: project.name, stack }, (request) =>
    components.make(request, server.address),
  );
  const server: EngineServer = await EngineServer.start(
    recorder.service(),
    ({ severity, text }) => {
      if (severity === "error") errors.push(text);
    },
    loaderService(),
  );
  try {
    signal.throwIfAborted();
    const run = { ...about, monitorAddress: server.address, engineAddress: server.address };
    const program = host === undefined ? runProgram(run) : runHosted(host, run);
    const stop = (): void => program.stop();
    signal.addEventListener("abort", stop);
    process.once("exit", stop);
    const failure = await program.failure.finally(() => {
      signal.removeEventListener("abort", stop);
      process.off("exit", stop);
    });
    const why = failure === undefined ? {} : { failure: inWords(failure, errors, printed) };
    return { resources: await asClasses(recorder.declared), lookups: recorder.lookups, ...why };
  } finally {
    components.stop();
    server.stop();
  }
}

/** What a program said, without the places in it where it came from. */
function inWords(failure: string, errors: readonly string[], printed: readonly string[]): string {
  const lines = (errors.length > 0 ? errors : printed).flatMap((text) => text.split("\n")).map(clean);
  return (
    lines
      .filter((line) => !/^at .*(:\d+|>)\)?$/u.test(line))
      .join(" ")
      .trim() || failure
  );
}
