/** Ends the process with one sentence for its user: what an error says, and no stack trace. */
export function reportAndExit(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
