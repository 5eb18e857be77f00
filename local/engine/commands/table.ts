import { createRequire } from "node:module";
import { unsupported } from "../errors.js";
import { CLI_VERSION } from "../protocol/version.js";
import type { FlagTable } from "./arguments.js";
import * as config from "./config.js";
import type { CommandContext } from "./context.js";
import * as look from "./look.js";
import type * as Operations from "./operation.js";
import * as stack from "./stack.js";

/** One command: the flags it takes and what it does. */
export interface Command {
  readonly flags: FlagTable;
  readonly run: (context: CommandContext) => Promise<void> | void;
}

const PATH: FlagTable = { path: "boolean" };
const PREVIEW: FlagTable = {
  "expect-no-changes": "boolean",
  refresh: "boolean",
  parallel: "text",
  message: "text",
  "exec-kind": "text",
  "exec-agent": "text",
  client: "text",
  "event-log": "text",
  "suppress-outputs": "boolean",
  "suppress-progress": "boolean",
  "suppress-permalink": "text",
  debug: "boolean",
};
const OPERATION: FlagTable = {
  ...PREVIEW,
  yes: "boolean",
  "skip-preview": "boolean",
  "preview-only": "boolean",
  "run-program": "boolean",
};

function whoami(context: CommandContext): void {
  const { user, url } = context.backend;
  if (context.args.has("json")) context.printJson({ user, url });
  else context.print(context.args.has("verbose") ? `User: ${user}\nBackend URL: ${url}` : user);
}

// Test runners that load this room into a sandbox have no import().
const load = createRequire(__filename);
/** Loads the protocol's libraries, which only operations need. */
const operations = (): typeof Operations => load("./operation.js") as typeof Operations;

/** All commands, by their words. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  version: { flags: {}, run: (context) => context.print(CLI_VERSION) },
  whoami: { flags: { json: "boolean", verbose: "boolean" }, run: whoami },
  preview: { flags: PREVIEW, run: (context) => operations().preview(context) },
  up: { flags: OPERATION, run: (context) => operations().operate(context, "update") },
  update: { flags: OPERATION, run: (context) => operations().operate(context, "update") },
  refresh: {
    flags: { ...OPERATION, "clear-pending-creates": "boolean", "skip-pending-creates": "boolean" },
    run: (context) => operations().operate(context, "refresh"),
  },
  destroy: { flags: { ...OPERATION, remove: "boolean" }, run: (context) => operations().destroy(context) },
  cancel: { flags: { yes: "boolean" }, run: stack.cancel },
  "stack init": {
    flags: { "secrets-provider": "text", "no-select": "boolean", "copy-config-from": "text" },
    run: stack.init,
  },
  "stack select": { flags: { create: "boolean", "secrets-provider": "text" }, run: stack.select },
  "stack ls": { flags: { json: "boolean", all: "boolean", project: "text" }, run: look.list },
  "stack rm": { flags: { yes: "boolean", force: "boolean", "preserve-config": "boolean" }, run: stack.remove },
  "stack output": { flags: { json: "boolean", "show-secrets": "boolean" }, run: stack.output },
  "stack export": { flags: { "show-secrets": "boolean" }, run: stack.exportState },
  "stack history": {
    flags: { json: "boolean", "show-secrets": "boolean", "page-size": "text", page: "text" },
    run: look.history,
  },
  config: { flags: { json: "boolean", "show-secrets": "boolean" }, run: config.show },
  "config set": { flags: { ...PATH, secret: "boolean", plaintext: "boolean" }, run: config.set },
  "config set-all": { flags: { ...PATH, secret: "list", plaintext: "list", json: "text" }, run: config.setAll },
  "config get": { flags: { ...PATH, json: "boolean" }, run: config.get },
  "config rm": { flags: PATH, run: config.remove },
  "config rm-all": { flags: PATH, run: config.remove },
  "config refresh": { flags: { force: "boolean" }, run: config.refresh },
};

/** Finds the command that a line begins with, and what of the line is left for it. */
export function commandOf(line: readonly string[]): { words: string; command: Command; rest: readonly string[] } {
  const [first = "", second = ""] = line;
  const both = `${first} ${second}`;
  const two = COMMANDS[both];
  if (two) return { words: both, command: two, rest: line.slice(2) };
  const one = COMMANDS[first];
  const isSubcommand = (first === "stack" || first === "config") && /^[a-z]/u.test(second);
  if (one === undefined || isSubcommand) throw unsupported(`The command "pulumi ${isSubcommand ? both : first}"`);
  return { words: first, command: one, rest: line.slice(1) };
}
