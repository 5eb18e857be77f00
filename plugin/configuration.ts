/**
 * The plugin's own settings: those of the stack for the default provider, arguments for one that the program declares.
 */
import { checkProvider } from "../provider/api/configuration.js";
import { configKey, OWNER_KEY, type ConfigReader } from "../provider/api/setting.js";
import { isUnknown, type Properties } from "../provider/engine/values.js";
import { messageOf } from "../provider/text/error-message.js";

/** What the engine puts among the arguments of every provider. */
const ENGINES = ["version", "pluginDownloadURL", "__internal"];

/**
 * Whether a provider is the one that the engine makes of the stack's configuration. Explicit ones have names of their
 * own.
 */
function isDefault(name: string): boolean {
  return name === "" || /^default(?:_|$)/u.test(name);
}

/** The name of a provider in its URN. */
export function providerName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The settings alone. */
export function settingsIn(args: Properties): Properties {
  return Object.fromEntries(Object.entries(args).filter(([name, value]) => !ENGINES.includes(name) && value !== null));
}

/** Reads the arguments of a provider as the stack's configuration is read elsewhere. */
export function readerOf(name: string, args: Properties): ConfigReader {
  const values = new Map(
    Object.entries(settingsIn(args)).map(([setting, value]) => [configKey(setting), String(value)]),
  );
  if (!isDefault(name)) values.set(OWNER_KEY, name);
  return (key) => values.get(key);
}

/**
 * What is wrong with the arguments of a provider, in one sentence that names the argument. A key may still be missing,
 * or unknown.
 */
export function problemOf(name: string, args: Properties): string | undefined {
  const known = Object.entries(settingsIn(args)).map(
    ([setting, value]) => [setting, isUnknown(value) ? undefined : value] as const,
  );
  const { apiKey = isDefault(name) || isUnknown(args["apiKey"]) ? "known later" : undefined, ...rest } =
    Object.fromEntries(known);
  try {
    checkProvider(isDefault(name) ? "default" : name, { ...rest, apiKey });
    return undefined;
  } catch (error) {
    const message = messageOf(error);
    return isDefault(name)
      ? message
          .replaceAll('of Provider "default"', "of the stack's configuration")
          .replace(
            'Provider "default" has no argument',
            "The stack's configuration has a setting of vultr-inference that does not exist:",
          )
      : message;
  }
}
