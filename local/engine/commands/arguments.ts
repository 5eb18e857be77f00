import { unsupported, UserError } from "../errors.js";

/** What a flag takes. A list may be given several times. */
export type FlagKind = "boolean" | "text" | "list";
export type FlagTable = Readonly<Record<string, FlagKind>>;

/** Flags that every command takes. The ones about logs and traces of the CLI itself have nothing to act on here. */
const GLOBAL: FlagTable = {
  stack: "text",
  cwd: "text",
  color: "text",
  "config-file": "text",
  "non-interactive": "boolean",
  help: "boolean",
  emoji: "boolean",
  "fully-qualify-stack-names": "boolean",
  verbose: "text",
  logtostderr: "boolean",
  logflow: "boolean",
  tracing: "text",
  "disable-integrity-checking": "boolean",
};

const SHORT: Readonly<Record<string, string>> = {
  s: "stack",
  C: "cwd",
  h: "help",
  e: "emoji",
  v: "verbose",
  Q: "fully-qualify-stack-names",
  y: "yes",
  f: "skip-preview",
  m: "message",
  p: "parallel",
  r: "refresh",
  j: "json",
  a: "all",
  i: "show-ids",
};

/** A command line taken apart. */
export class Arguments {
  constructor(
    readonly positionals: readonly string[],
    /** All flags in the order given. */
    readonly given: readonly (readonly [name: string, value: string])[],
  ) {}

  text(name: string): string | undefined {
    return this.given.findLast(([flag]) => flag === name)?.[1];
  }

  /** Whether a boolean flag is set; `otherwise` when it was not given. */
  has(name: string, otherwise = false): boolean {
    const value = this.text(name);
    return value === undefined ? otherwise : value !== "false";
  }

  all(name: string): string[] {
    return this.given.filter(([flag]) => flag === name).map(([, value]) => value);
  }
}

/**
 * Reads flags as the Pulumi CLI does: `--flag value`, `--flag=value`, `-f value`; after `--` all is positional.
 *
 * @param command - for messages, as in "pulumi up".
 * @throws UserError on a flag that this engine does not know: the CLI may, so it is refused, not ignored.
 */
export function parseArguments(command: string, table: FlagTable, args: readonly string[]): Arguments {
  const positionals: string[] = [];
  const given: [string, string][] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--") positionals.push(...rest.splice(0));
    else if (!/^-./u.test(arg)) positionals.push(arg);
    else given.push(flag(command, { ...GLOBAL, ...table }, arg, rest));
  }
  return new Arguments(positionals, given);
}

function flag(command: string, table: FlagTable, arg: string, rest: string[]): [string, string] {
  const [, dashes = "", written = "", , inline] = /^(--?)([^=]+)(=(.*))?$/su.exec(arg) ?? [];
  const name = dashes === "--" ? written : (SHORT[written] ?? written);
  const kind = table[name];
  if (kind === undefined) throw unsupported(`The flag ${dashes}${written} of "${command}"`);
  if (inline !== undefined) return [name, inline];
  if (kind === "boolean") return [name, "true"];
  const value = rest.shift();
  if (value === undefined) throw new UserError(`flag needs an argument: ${arg}`);
  return [name, value];
}
