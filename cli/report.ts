import { cleanLines } from "../provider/text/clean.js";
import { Interrupted } from "./interruption.js";
import { messageOf } from "../provider/text/error-message.js";

/** Ends the process with one sentence for its user: what an error says, and no stack trace. */
export function reportAndExit(error: unknown): never {
  const message = messageOf(error);
  // What the API or a program said must not steer the terminal.
  process.stderr.write(`${cleanLines(message)}\n`);
  process.exit(error instanceof Interrupted ? error.exitCode : 1);
}
