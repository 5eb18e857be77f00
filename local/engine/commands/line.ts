import { parseArguments } from "./arguments.js";
import { CommandContext, type Terminal } from "./context.js";
import { COMMANDS, commandOf } from "./table.js";
import { messageOf, UserError } from "../errors.js";

function usage(): string {
  const names = Object.keys(COMMANDS).map((name) => `  pulumi ${name}`);
  return [
    "The local engine runs Pulumi stacks of Node.js programs with dynamic resources where the Pulumi CLI is missing.",
    "It knows these commands; for everything else use the Pulumi CLI.",
    "",
    ...names,
    "",
  ].join("\n");
}

/**
 * Runs one command line.
 *
 * @returns the exit code.
 */
export async function runLine(line: readonly string[], terminal: Terminal): Promise<number> {
  try {
    if (line.length === 0 || line[0] === "help" || line[0] === "--help" || line[0] === "-h") {
      terminal.out(usage());
      return 0;
    }
    const { words, command, rest } = commandOf(line[0] === "--version" ? ["version"] : line);
    const args = parseArguments(`pulumi ${words}`, command.flags, rest);
    if (args.has("help")) terminal.out(usage());
    else await command.run(new CommandContext(args, terminal));
    return 0;
  } catch (error) {
    const isExpected = error instanceof UserError;
    const message = isExpected ? error.message : `unexpected: ${messageOf(error)}`;
    if (message !== "") terminal.err(`error: ${message}\n`);
    if (!isExpected && terminal.env["PULUMI_DEBUG_COMMANDS"]) terminal.err(`${(error as Error).stack ?? ""}\n`);
    return isExpected ? error.exitCode : 1;
  }
}
