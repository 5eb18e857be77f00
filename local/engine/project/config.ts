import { unsupported, UserError } from "../errors.js";
import type { Crypter } from "../secrets/passphrase.js";
import type { Project } from "./project.js";
import type { Setting } from "./settings.js";

/** A config value, readable. */
export interface ConfigValue {
  /** A text; of a map or list its JSON. */
  readonly value: string;
  readonly secret: boolean;
  /** The map or list itself. */
  readonly object?: Setting;
}

const isSecure = (setting: Setting): setting is { readonly secure: string } =>
  typeof setting === "object" && setting !== null && Object.keys(setting).length === 1 && "secure" in setting;

/** A config key in full: a bare one belongs to the project, and `ns:config:key` is an old form of `ns:key`. */
export function fullKey(project: Project, key: string): string {
  const parts = key.split(":");
  if (parts.length === 3 && parts[1] === "config") return `${parts[0] ?? ""}:${parts[2] ?? ""}`;
  return parts.length > 1 ? key : `${project.name}:${key}`;
}

export const holdsSecret = (setting: Setting): boolean =>
  typeof setting === "object" && setting !== null && (isSecure(setting) || Object.values(setting).some(holdsSecret));

/** The setting with every `{ secure }` replaced by what `reveal` makes of its ciphertext, and keys sorted. */
function revealed(setting: Setting, reveal: (ciphertext: string) => string): Setting {
  if (typeof setting !== "object" || setting === null) return setting;
  if (isSecure(setting)) return reveal(setting.secure);
  if (Array.isArray(setting)) return setting.map((part: Setting) => revealed(part, reveal));
  const entries = Object.entries(setting).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, revealed(part, reveal)]));
}

/** Reads a stored setting; without a crypter secrets read `[secret]`. */
export function readSetting(setting: Setting, crypter: Crypter | undefined): ConfigValue {
  const plain = revealed(setting, (ciphertext) => crypter?.decrypt(ciphertext) ?? "[secret]");
  const isObject = typeof plain === "object" && plain !== null;
  return {
    value: isObject ? JSON.stringify(plain) : String(plain ?? ""),
    secret: holdsSecret(setting),
    ...(isObject && { object: plain }),
  };
}

/** What a stack's program and providers get: the stack's settings over the project's defaults. */
export function effectiveConfig(project: Project, config: Readonly<Record<string, Setting>>): Record<string, Setting> {
  const own = Object.entries(config).map(([key, setting]) => [fullKey(project, key), setting] as const);
  return { ...(project.defaults as Record<string, Setting>), ...Object.fromEntries(own) };
}

const CONFIG_OF_THE_ENGINE = ["pulumi:disable-default-providers", "pulumi:autonaming"];

/** @throws UserError that names what the project declares and the stack lacks, or what is to be secret and is not. */
export function validateConfig(project: Project, stack: string, config: Readonly<Record<string, ConfigValue>>): void {
  const engines = CONFIG_OF_THE_ENGINE.find((key) => key in config);
  if (engines !== undefined) throw unsupported(`The config key ${engines}`);
  const about = `validating stack config: Stack '${stack}'`;
  const own = project.declared.filter(({ key }) => key.startsWith(`${project.name}:`));
  const missing = own.filter(({ key }) => !(key in config)).map(({ name }) => `'${name}'`);
  const [last = "", ...others] = missing.sort().reverse();
  const listed = others.length > 0 ? `values ${others.reverse().join(", ")} and ${last}` : `value ${last}`;
  if (last !== "") throw new UserError(`${about} is missing configuration ${listed}`);
  const open = project.declared.find(({ key, secret }) => secret && config[key]?.secret === false);
  if (open) throw new UserError(`${about} with configuration key '${open.name}' must be encrypted as it's secret`);
}
