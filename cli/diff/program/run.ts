import { clean } from "../../../provider/text/clean.js";
import { NATIVE_VARIABLE, OFFLINE_VARIABLE } from "../../../provider/api/setting.js";
import { EngineServer, ORGANIZATION, runProgram } from "../../../local/engine/programs.js";
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
export async function declarationsOf({ project }: StackFolder, { stack, config, signal }: Run): Promise<Declarations> {
  const recorder = new Recorder({ project: project.name, stack });
  const errors: string[] = [];
  const printed: string[] = [];
  const server = await EngineServer.start(recorder.service(), ({ severity, text }) => {
    if (severity === "error") errors.push(text);
  });
  try {
    signal.throwIfAborted();
    const program = runProgram({
      project,
      stack,
      organization: ORGANIZATION,
      monitorAddress: server.address,
      engineAddress: server.address,
      dryRun: true,
      parallel: 16,
      config: config.values,
      secretKeys: config.secretKeys,
      // Types are the compiler's business, and those of the packages may be newer than the base.
      env: { ...process.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true", [OFFLINE_VARIABLE]: "true", [NATIVE_VARIABLE]: "" },
      print: (line, isError) => {
        if (isError) printed.push(line);
        if (printed.length > LINES_KEPT) printed.shift();
      },
    });
    const stop = (): void => program.stop();
    signal.addEventListener("abort", stop);
    process.once("exit", stop);
    const failure = await program.failure.finally(() => {
      signal.removeEventListener("abort", stop);
      process.off("exit", stop);
    });
    const why = failure === undefined ? {} : { failure: inWords(failure, errors, printed) };
    return { resources: recorder.declared, lookups: recorder.lookups, ...why };
  } finally {
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
