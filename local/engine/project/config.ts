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

type Items = Readonly<Record<string, unknown>>;

const typeName = (type: string, { type: inner, items }: Items): string =>
  type === "array" && typeof inner === "string" ? `array<${typeName(inner, (items ?? {}) as Items)}>` : type;

function fits(type: string, { type: inner, items }: Items, value: unknown): boolean {
  if (type === "array")
    return Array.isArray(value) && (typeof inner !== "string" || value.every((part) => fits(inner, (items ?? {}) as Items, part)));
  if (typeof value === "object" && value !== null) return type === "object";
  const text = JSON.stringify(value).replaceAll('"', "");
  return type === "integer" ? /^[+-]?\d+$/u.test(text) : type !== "boolean" || /^(true|false)$/u.test(text);
}

const CONFIG_OF_THE_ENGINE = ["pulumi:disable-default-providers", "pulumi:autonaming"];

/**
 * Holds a stack's config against what the project says of it.
 *
 * @throws UserError that names what is missing, or the first value that is not what it should be.
 */
export function validateConfig(project: Project, stack: string, config: Readonly<Record<string, ConfigValue>>): void {
  const engines = CONFIG_OF_THE_ENGINE.find((key) => key in config);
  if (engines !== undefined) throw unsupported(`The config key ${engines}`);
  const missing = project.declared.filter(({ key }) => !(key in config) && key.startsWith(`${project.name}:`)).map(({ name }) => `'${name}'`);
  const [last = "", ...others] = missing.sort().reverse();
  const listed = others.length > 0 ? `values ${others.reverse().join(", ")} and ${last}` : `value ${last}`;
  if (last !== "") throw new UserError(`validating stack config: Stack '${stack}' is missing configuration ${listed}`);
  for (const { key, name, type, items, secret } of project.declared) {
    const setting = config[key];
    if (type === undefined || setting === undefined) continue;
    const about = `validating stack config: Stack '${stack}' with configuration key '${name}' must be`;
    if (secret && !setting.secret) throw new UserError(`${about} encrypted as it's secret`);
    if (!fits(type, items, setting.object ?? setting.value)) throw new UserError(`${about} of type '${typeName(type, items)}'`);
  }
}
