import { isatty } from "node:tty";
import { runLine } from "./commands/line.js";

void runLine(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isInteractive: isatty(1) && !process.env["CI"],
}).then((code) => {
  // Nothing may keep a finished command alive; exit once what was printed has left the process.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
});
