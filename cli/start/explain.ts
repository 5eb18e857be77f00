import { CommandError, ConcurrentUpdateError } from "@pulumi/pulumi/automation";

/** Turns what the Automation API throws, which is everything that a command printed, into what went wrong. */
export function explain(error: unknown): Error {
  if (error instanceof ConcurrentUpdateError) {
    return new Error('Another run works on this stack. Wait for it; if it was killed, run "npm start" again with the same folder in a moment.');
  }
  if (!(error instanceof CommandError)) return error instanceof Error ? error : new Error(String(error));
  const lines = error.message.split("\n").map((line) => line.trim());
  const telling = lines.filter((line) => /^error: /u.test(line) && !/(update|preview|refresh|destroy) failed$/u.test(line));
  const unique = [...new Set(telling.length > 0 ? telling : lines.filter((line) => line !== ""))];
  return new Error(unique.join("\n"));
}
