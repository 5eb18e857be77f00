import { unsupported, UserError } from "../errors.js";
import { fullKey, holdsSecret, readSetting } from "../project/config.js";
import { type PathStep, pathSteps, pathValue } from "../project/paths.js";
import type { Setting, StackSettings } from "../project/settings.js";
import type { Crypter } from "../secrets/passphrase.js";
import type { StackPlace } from "../state/backend.js";
import { pastUpdates } from "../state/history.js";
import type { CommandContext } from "./context.js";

interface Edited {
  readonly place: StackPlace;
  readonly settings: StackSettings;
  readonly crypter: () => Crypter;
}

function opened(context: CommandContext): Edited {
  const place = context.place();
  context.existing(place);
  const settings = context.settings(place);
  let crypter: Crypter | undefined;
  return { place, settings, crypter: () => (crypter ??= context.crypter(place, settings)) };
}

/** The config key that an argument names and, with `--path`, the way into its value. */
function target(context: CommandContext, argument: string | undefined): { key: string; path: PathStep[] } {
  if (argument === undefined) throw new UserError("a configuration key is missing");
  if (!context.args.has("path")) return { key: fullKey(context.project, argument), path: [] };
  const [, namespace = "", rest = ""] = /^([^.[\]":]+:)?(.*)$/su.exec(argument) ?? [];
  const [first = "", ...path] = pathSteps(rest);
  return { key: fullKey(context.project, `${namespace}${first}`), path };
}

function stored(text: string, path: readonly PathStep[], crypter: Crypter | undefined): Setting {
  if (crypter) return { secure: crypter.encrypt(text) };
  return path.length > 0 ? pathValue(text) : text;
}

/** `pulumi config set` */
export function set(context: CommandContext): void {
  const { args } = context;
  const [argument, text] = args.positionals;
  const { key, path } = target(context, argument);
  // From standard input a secret comes without standing among the arguments, which every user of the machine can read.
  const value = text ?? context.terminal.input().replace(/\r?\n$/u, "");
  const { settings, crypter } = opened(context);
  settings.set(key, path, stored(value, path, args.has("secret") ? crypter() : undefined));
  settings.save();
}

interface GivenValue {
  readonly value?: string;
  readonly secret?: boolean;
}

function parsedConfig(json: string): Readonly<Record<string, GivenValue>> {
  try {
    return JSON.parse(json) as Readonly<Record<string, GivenValue>>;
  } catch {
    throw new UserError("config set-all: --json expects an object of `{ value, secret }` by key");
  }
}

/** `pulumi config set-all` */
export function setAll(context: CommandContext): void {
  const { args } = context;
  const { settings, crypter } = opened(context);
  const json = parsedConfig(args.text("json") ?? "{}");
  for (const [key, { value, secret }] of Object.entries(json))
    settings.set(fullKey(context.project, key), [], stored(value ?? "", [], secret ? crypter() : undefined));
  for (const [flag, pair] of args.given.filter(([name]) => name === "secret" || name === "plaintext")) {
    const at = pair.indexOf("=");
    if (at < 1) throw new UserError(`config set-all: expected <key>=<value> after --${flag}`);
    const { key, path } = target(context, pair.slice(0, at));
    settings.set(key, path, stored(pair.slice(at + 1), path, flag === "secret" ? crypter() : undefined));
  }
  settings.save();
}

function part(setting: Setting | undefined, path: readonly PathStep[]): Setting | undefined {
  const [step, ...rest] = path;
  if (step === undefined || setting === undefined) return setting;
  if (typeof setting !== "object" || setting === null) return undefined;
  return part((setting as Readonly<Record<PathStep, Setting>>)[step], rest);
}

/** `pulumi config get` */
export function get(context: CommandContext): void {
  const { args, project } = context;
  const [argument] = args.positionals;
  const { key, path } = target(context, argument);
  const { place, settings, crypter } = opened(context);
  const stored = settings.config[key] ?? (project.defaults[key] as Setting | undefined);
  const setting = part(stored, path);
  if (setting === undefined)
    throw new UserError(`configuration key '${argument ?? ""}' not found for stack '${place.name}'`);
  const { value, secret, object } = readSetting(setting, holdsSecret(setting) ? crypter() : undefined);
  if (args.has("json")) context.printJson({ value, ...(object !== undefined && { objectValue: object }), secret });
  else context.print(value);
}

/** `pulumi config rm` and `pulumi config rm-all` */
export function remove(context: CommandContext): void {
  const { settings } = opened(context);
  for (const argument of context.args.positionals) {
    const { key, path } = target(context, argument);
    settings.remove(key, path);
  }
  settings.save();
}

/** `pulumi config refresh`: the settings take back the config of the last update. */
export function refresh(context: CommandContext): void {
  const { place, settings } = opened(context);
  const [last] = pastUpdates(place);
  if (last === undefined) throw new UserError(`the stack '${place.name}' has not been deployed yet: no config to take`);
  for (const key of Object.keys(settings.config)) settings.remove(key, []);
  for (const [key, setting] of Object.entries(last.config)) settings.set(key, [], setting as Setting);
  settings.save();
}

/** `pulumi config --json` */
export function show(context: CommandContext): void {
  const { args, project } = context;
  if (!args.has("json")) throw unsupported('"pulumi config" without --json');
  const { settings, crypter } = opened(context);
  const showsSecrets = args.has("show-secrets");
  const all = Object.entries({ ...(project.defaults as Record<string, Setting>), ...settings.config });
  const entries = all
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, setting]) => {
      const { value, secret, object } = readSetting(setting, showsSecrets ? crypter() : undefined);
      const readable = showsSecrets || !secret;
      const shown = { value, ...(object !== undefined && { objectValue: object }) };
      return [key, { ...(readable && shown), secret }] as const;
    });
  context.printJson(Object.fromEntries(entries));
}
