/** Said after the errors that matter, about the deployment as a whole. */
const SUMMARY = /^(update|preview|refresh|destroy) failed$|resource operation.* failed|^one or more /u;

/** The errors of the Automation API whose message is what the engine printed. By name: the SDK is slow to load. */
const PRINTED = /^(?:Command|StackNotFound|StackAlreadyExists)Error$/u;

/**
 * What a person is told of a failed run: the errors that came up in it. Of a run that failed before it had any, what
 * the engine printed.
 */
export function explain(error: unknown, errors: readonly string[]): Error {
  const telling = errors.filter((message) => !SUMMARY.test(message));
  if (telling.length > 0) return new Error(telling.join("\n"));
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.name === "ConcurrentUpdateError") {
    return new Error("Another run works on this stack: wait until it has ended.");
  }
  if (!PRINTED.test(error.name)) return error;
  const printed = error.message.split("\n").flatMap((line) => /error: .*/u.exec(line)?.[0] ?? []);
  return new Error(printed.length > 0 ? [...new Set(printed)].join("\n") : error.message);
}
