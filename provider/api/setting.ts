/** Where settings stand, and by which names. */

/** The namespace of the provider's stack configuration, as in `pulumi config set vultr-inference:baseUrl …`. */
const NAMESPACE = "vultr-inference";

/** Set to `true` where a program is run only for what it declares, and the API is not to be asked. */
export const OFFLINE_VARIABLE = "VULTR_INFERENCE_OFFLINE";

/** Whether the API is not to be asked. */
export function isOffline(env: NodeJS.ProcessEnv = process.env): boolean {
  return env[OFFLINE_VARIABLE] === "true";
}

/** Set to `1` where a program declares the resources of the plugin in place of dynamic ones. */
export const NATIVE_VARIABLE = "PULUMI_VULTR_INFERENCE_NATIVE";

/** Whether programs declare the resources of the plugin. */
export function isNative(env: NodeJS.ProcessEnv = process.env): boolean {
  return env[NATIVE_VARIABLE] === "1";
}

/** Reads one value of the configuration by its full key, e.g. `vultr-inference:apiKey`. */
export type ConfigReader = (key: string) => string | undefined;

/** The arguments of an explicit `Provider`, as far as they are given. */
export type ProviderArguments = Readonly<Record<string, unknown>>;

/** The full key of a setting. */
export function configKey(name: string): string {
  return `${NAMESPACE}:${name}`;
}

/** The key under which an explicit `Provider` says its name, so that a message can tell whose setting is wrong. */
export const OWNER_KEY = configKey("providerName");

/**
 * The arguments of an explicit `Provider` in the form in which the engine hands configuration on, and in which
 * `readSettings` finds them again.
 */
export function providerConfig(owner: string, args: ProviderArguments): Readonly<Record<string, string>> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined && value !== null);
  return { [OWNER_KEY]: owner, ...Object.fromEntries(given.map(([name, value]) => [configKey(name), String(value)])) };
}

/** What is to be said where there is no key: a preview needs none, a deployment does. */
export function keyWarning(config: ConfigReader, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (isOffline(env) || find("apiKey", config, env) !== undefined) return undefined;
  return `${keyless(config(OWNER_KEY))} A preview works without, but a deployment needs it.`;
}

/** A setting that is there, and where. */
export interface Found {
  readonly value: string;
  readonly source: string;
}

/** Looks a setting up, wherever it may stand. */
export function find(name: string, config: ConfigReader, env: NodeJS.ProcessEnv): Found | undefined {
  const owner = config(OWNER_KEY);
  const configured = config(configKey(name));
  if (configured !== undefined && configured !== "") {
    return {
      value: configured,
      source: owner === undefined ? `stack config ${configKey(name)}` : `argument ${name} of Provider "${owner}"`,
    };
  }
  // With another account's key in the environment it would work in that account, and nobody would know.
  if (owner !== undefined && name === "apiKey") return undefined;
  const value = env[variable(name)];
  return value === undefined || value === "" ? undefined : { value, source: `environment variable ${variable(name)}` };
}

/** What is to be said where there is no key and it is needed. */
export function keyless(owner: string | undefined): string {
  if (owner !== undefined)
    return (
      `Provider "${owner}" has no apiKey: give it the inference subscription's key, as a secret of the stack's ` +
      "configuration."
    );
  return (
    `No API key: set the inference subscription's key with "pulumi config set --secret ${configKey("apiKey")}" ` +
    `or in the environment variable ${variable("apiKey")}.`
  );
}

/** `requestsPerSecond` → `VULTR_INFERENCE_REQUESTS_PER_SECOND`. */
function variable(name: string): string {
  return `VULTR_INFERENCE_${name.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase()}`;
}
