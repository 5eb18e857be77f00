import { readFileSync } from "node:fs";
import { runLine } from "./commands/line.js";

const ENDING = ["SIGINT", "SIGTERM"] as const;

/** The first signal lets running steps finish; the second ends the process at once. */
function onInterrupt(interrupted: () => void): () => void {
  let signals = 0;
  const signaled = (): void => {
    if (signals++ > 0) process.exit(130);
    process.stderr.write("^C received; cancelling. If you would like to terminate immediately, press ^C again.\n");
    interrupted();
  };
  for (const signal of ENDING) process.on(signal, signaled);
  return () => {
    for (const signal of ENDING) process.off(signal, signaled);
  };
}

void runLine(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  input: () => readFileSync(0, "utf8"),
  onInterrupt,
}).then((code) => {
  // Nothing may keep a finished command alive; exit once what was printed has left the process.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
});
