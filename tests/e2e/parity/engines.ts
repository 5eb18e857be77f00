import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { runLine } from "../../../local/engine/commands/line.js";

/** What a command line ended with. */
export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Something that takes the command lines of `pulumi`. */
export interface Engine {
  readonly name: string;
  run(line: readonly string[], place: Place): Promise<Ran>;
}

export const SDK = dirname(require.resolve("@pulumi/pulumi/package.json"));
export const LOCAL_COMMAND = join(__dirname, "../../../local/engine/bin/pulumi");

function command(name: string, file: string): Engine {
  // The CLI finds its language host and the provider of dynamic resources on PATH.
  const path = [dirname(file), SDK, process.env["PATH"]].join(delimiter);
  return {
    name,
    run: (line, { cwd, env }) =>
      new Promise((done) => {
        execFile(file, line, { cwd, env: { ...env, PATH: path } }, (error, stdout, stderr) => {
          done({ exit: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
        });
      }),
  };
}

/** The local engine in this process: what it costs to start a command is most of what a command costs. */
export const local: Engine = {
  name: "the local engine",
  async run(line, { cwd, env }) {
    const printed = { stdout: "", stderr: "" };
    const exit = await runLine(line, {
      cwd,
      env: { PATH: process.env["PATH"], ...env },
      out: (text) => (printed.stdout += text),
      err: (text) => (printed.stderr += text),
      input: () => "",
      onInterrupt: () => () => undefined,
    });
    return { exit, ...printed };
  },
};

const files = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "pulumi"));
const found = files.find((file) => existsSync(file) && realpathSync(file) !== LOCAL_COMMAND);

/** The Pulumi CLI, where there is one on PATH. */
export const cli = found === undefined ? undefined : command("the Pulumi CLI", found);
