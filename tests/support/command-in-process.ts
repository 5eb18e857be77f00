import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { runLine } from "../../local/engine/commands/line.js";

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  /** Becomes the error's message. */
  toString(): string;
}

/** What the SDK's types keep to themselves. */
interface Run {
  run(
    args: string[],
    cwd: string,
    env: NodeJS.ProcessEnv,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<Result>;
}
const { createCommandError } = jest.requireActual<{ createCommandError: (result: Result) => Error }>(
  "@pulumi/pulumi/automation/errors",
);

/** What the Automation API reports of a command that failed, whatever its exit code. */
const FAILED = -2;

/**
 * The local engine's command without a process of its own: to start one is most of what a command costs, and a
 * deployment through the Automation API takes five. Programs and providers run in theirs as ever.
 */
export function commandInProcess(command: PulumiCommand): PulumiCommand {
  const run: Run["run"] = async (args, cwd, env, onOutput, onError, signal) => {
    let stdout = "";
    let stderr = "";
    const exitCode = await runLine(args.includes("--non-interactive") ? args : [...args, "--non-interactive"], {
      cwd,
      env: { ...process.env, ...env, PULUMI_AUTOMATION_API: "true" },
      out(text) {
        stdout += text;
        onOutput?.(text);
      },
      err(text) {
        stderr += text;
        onError?.(text);
      },
      input: () => "",
      onInterrupt(interrupted) {
        signal?.addEventListener("abort", interrupted);
        return () => signal?.removeEventListener("abort", interrupted);
      },
    });
    if (exitCode === 0) return { stdout: stdout.trimEnd(), stderr: stderr.trimEnd(), code: exitCode };
    const message = [`Command failed with exit code ${exitCode}: pulumi ${args.join(" ")}`, stderr, stdout]
      .join("\n")
      .trimEnd();
    throw createCommandError({ stdout: "", stderr: message, code: FAILED, toString: () => message });
  };
  return Object.assign(command, { run });
}
