import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import type * as line from "./commands/line.js";
import { CLI_VERSION } from "./protocol/version.js";
import { engineRoot } from "./root.js";

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  /** Becomes the error's message. */
  toString(): string;
}

/** A command as the Automation API runs it: its types keep this to themselves. */
interface Runs {
  readonly command: string;
  readonly version: object;
  run(
    args: readonly string[],
    cwd: string,
    env: NodeJS.ProcessEnv,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<Result>;
}

/** What the Automation API reports of a command that failed, whatever its exit code. */
const FAILED = -2;

/** What this needs of the SDK that runs the command. */
interface Sdk {
  readonly createCommandError: (result: Result) => Error;
  readonly parse: (version: string) => object;
}

function sdk(): Sdk {
  const load = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { createCommandError } = load("./automation/errors.js") as Sdk;
  const { parse } = load("semver") as Sdk;
  return { createCommandError, parse };
}

/** Hears of everything that asks a command to end: what its caller says, and what the terminal does. */
function listen(signal: AbortSignal | undefined, interrupted: () => void): () => void {
  const handle = (): void => interrupted();
  signal?.addEventListener("abort", handle);
  process.on("SIGINT", handle).on("SIGTERM", handle);
  return () => {
    signal?.removeEventListener("abort", handle);
    process.off("SIGINT", handle).off("SIGTERM", handle);
  };
}

/**
 * The engine's command for the Automation API without a process of its own: to start one is most of what a command
 * costs, and a deployment takes eight. Programs and providers run in theirs as ever.
 */
export function commandHere(): PulumiCommand {
  const { createCommandError, parse } = sdk();
  const bin = join(engineRoot(), "bin");
  const runs: Runs = {
    command: join(bin, "pulumi"),
    version: parse(CLI_VERSION),
    async run(args, cwd, given, onOutput, onError, signal) {
      const { runLine } = createRequire(__filename)("./commands/line.js") as typeof line;
      const env: NodeJS.ProcessEnv = { ...process.env, ...given, PULUMI_AUTOMATION_API: "true" };
      let stdout = "";
      let stderr = "";
      const exitCode = await runLine(args.includes("--non-interactive") ? args : [...args, "--non-interactive"], {
        cwd,
        env: { ...env, PATH: [bin, env["PATH"]].join(delimiter) },
        out(text) {
          stdout += text;
          onOutput?.(text);
        },
        err(text) {
          stderr += text;
          onError?.(text);
        },
        input: () => "",
        onInterrupt: (interrupted) => listen(signal, interrupted),
      });
      if (exitCode === 0) return { stdout: stdout.trimEnd(), stderr: stderr.trimEnd(), code: exitCode };
      const said = [stderr, stdout].join("\n");
      const message = `Command failed with exit code ${exitCode}: pulumi ${args.join(" ")}\n${said}`.trimEnd();
      throw createCommandError({ stdout: "", stderr: message, code: FAILED, toString: () => message });
    },
  };
  return runs as unknown as PulumiCommand;
}
