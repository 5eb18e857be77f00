import { z } from "zod";
import { bounds, defaultBaseUrl } from "../client/http/settings.js";
import { LOG_LEVELS, type LogLevel } from "./logger.js";

/** The namespace of the provider's stack configuration, as in `pulumi config set vultr-inference:baseUrl …`. */
const NAMESPACE = "vultr-inference";

/**
 * How the provider reaches the API. Stack configuration wins over the environment, the environment over defaults. An
 * explicit `Provider` has arguments in place of the stack's configuration, and never takes its key from elsewhere.
 */
export interface Configuration {
  /** The inference subscription's key. Config `apiKey` (secret), environment `VULTR_INFERENCE_API_KEY`. */
  readonly apiKey: string;
  /** Where the key came from, in words, for the message of a refused key. */
  readonly apiKeySource: string;
  /** Config `baseUrl`, environment `VULTR_INFERENCE_BASE_URL`. Default: the live API. */
  readonly baseUrl: string;
  /** Requests under way at once in this process. Config `concurrency`, environment `VULTR_INFERENCE_CONCURRENCY`. */
  readonly concurrency?: number;
  /** Requests started per second. Config `requestsPerSecond`, environment `VULTR_INFERENCE_REQUESTS_PER_SECOND`. */
  readonly requestsPerSecond?: number;
  /**
   * Seconds for one operation, its retries included. Config `timeoutSeconds`, environment
   * `VULTR_INFERENCE_TIMEOUT_SECONDS`.
   */
  readonly timeoutSeconds?: number;
  /** Seconds for one attempt. Config `attemptTimeoutSeconds`, environment `VULTR_INFERENCE_ATTEMPT_TIMEOUT_SECONDS`. */
  readonly attemptTimeoutSeconds?: number;
  /** Repeats of a request that may be repeated. Config `maxRetries`, environment `VULTR_INFERENCE_MAX_RETRIES`. */
  readonly maxRetries?: number;
  /** Path of the request-log look-up. Config `logsPath`, environment `VULTR_INFERENCE_LOGS_PATH`. */
  readonly logsPath?: string;
  /** What is printed. Environment `VULTR_INFERENCE_LOG` alone. */
  readonly logLevel: LogLevel;
}

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

/** A setting that is missing or makes no sense. The message names the setting, what is expected and how to set it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads one value of the configuration by its full key, e.g. `vultr-inference:apiKey`. */
export type ConfigReader = (key: string) => string | undefined;

/** The arguments of an explicit `Provider`, as far as they are given. */
export type ProviderArguments = Readonly<Record<string, unknown>>;

function numberWithin({
  from,
  to,
  whole,
}: {
  readonly from: number;
  readonly to: number;
  readonly whole?: true;
}): z.ZodType<number> {
  const kind = whole ? "a whole number" : "a number";
  const error = to === Infinity ? `${kind}, ${from} or more` : `${kind} from ${from} to ${to}`;
  const number = z.coerce.number(error).min(from, error).max(to, error);
  return whole ? number.int(error) : number;
}

const OPTIONAL = {
  baseUrl: z.url({ protocol: /^https?$/u, error: `an address such as ${defaultBaseUrl}` }),
  concurrency: numberWithin(bounds.concurrency),
  requestsPerSecond: numberWithin(bounds.requestsPerSecond),
  timeoutSeconds: numberWithin(bounds.timeoutSeconds),
  attemptTimeoutSeconds: numberWithin(bounds.attemptTimeoutSeconds),
  maxRetries: numberWithin(bounds.maxRetries),
  logsPath: z.string().startsWith("/", "a path such as /logs"),
};

/** All that can be configured, by name. */
const SETTING_NAMES: readonly string[] = ["apiKey", ...Object.keys(OPTIONAL)];

/** The full key of a setting. */
export function configKey(name: string): string {
  return `${NAMESPACE}:${name}`;
}

/** The key under which an explicit `Provider` says its name, so that a message can tell whose setting is wrong. */
export const OWNER_KEY = configKey("providerName");

/**
 * The only reader of stack configuration and environment.
 *
 * @throws ConfigError where there is no key, or a setting is nonsense.
 */
export function readSettings(config: ConfigReader, env: NodeJS.ProcessEnv = process.env): Configuration {
  const key = find("apiKey", config, env);
  if (key === undefined) throw new ConfigError(keyless(config(OWNER_KEY)));
  const optional = Object.entries(OPTIONAL).flatMap(([name, schema]) => {
    const found = find(name, config, env);
    if (found === undefined) return [];
    const parsed = schema.safeParse(found.value);
    if (parsed.success) return [[name, parsed.data] as const];
    throw new ConfigError(nonsense(found, parsed.error.issues[0]?.message ?? "valid"));
  });
  return {
    apiKey: key.value,
    apiKeySource: key.source,
    baseUrl: defaultBaseUrl,
    ...Object.fromEntries(optional),
    logLevel: logLevel(env),
  };
}

/** What is to be said where there is no key: a preview needs none, a deployment does. */
export function keyWarning(config: ConfigReader, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (isOffline(env) || find("apiKey", config, env) !== undefined) return undefined;
  return `${keyless(config(OWNER_KEY))} A preview works without, but a deployment needs it.`;
}

/**
 * The arguments of an explicit `Provider` in the form in which the engine hands configuration on, and in which
 * `readSettings` finds them again.
 */
export function providerConfig(owner: string, args: ProviderArguments): Readonly<Record<string, string>> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined && value !== null);
  return { [OWNER_KEY]: owner, ...Object.fromEntries(given.map(([name, value]) => [configKey(name), String(value)])) };
}

/**
 * Finds what is wrong with the arguments of an explicit `Provider`.
 *
 * @throws ConfigError for an argument that does not exist, and as `readSettings`.
 */
export function checkProvider(owner: string, args: ProviderArguments): void {
  const misspelt = Object.keys(args).find((name) => !SETTING_NAMES.includes(name));
  if (misspelt !== undefined)
    throw new ConfigError(`Provider "${owner}" has no argument ${misspelt}; it takes ${SETTING_NAMES.join(", ")}.`);
  const config = providerConfig(owner, args);
  readSettings((key) => config[key]);
}

interface Found {
  readonly value: string;
  readonly source: string;
}

function find(name: string, config: ConfigReader, env: NodeJS.ProcessEnv): Found | undefined {
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

function keyless(owner: string | undefined): string {
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

const LOG_VARIABLE = "VULTR_INFERENCE_LOG";

function logLevel(env: NodeJS.ProcessEnv): LogLevel {
  const word = env[LOG_VARIABLE] ?? "";
  if (word === "") return "warn";
  const level = LOG_LEVELS.find((known) => known === word);
  if (level !== undefined) return level;
  throw new ConfigError(
    nonsense({ source: `environment variable ${LOG_VARIABLE}` }, `one of ${LOG_LEVELS.join(", ")}`),
  );
}

/** The value itself is not told: it may be a key in the wrong place. */
function nonsense({ source }: Pick<Found, "source">, expected: string): string {
  return `${sentenceCase(source)} must be ${expected}.`;
}

/** `requestsPerSecond` → `VULTR_INFERENCE_REQUESTS_PER_SECOND`. */
function variable(name: string): string {
  return `VULTR_INFERENCE_${name.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase()}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
