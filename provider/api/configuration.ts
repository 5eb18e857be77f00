import { z } from "zod";
import { bounds, defaultBaseUrl } from "../client/http/settings.js";
import { LOG_LEVELS, type LogLevel } from "./logger.js";
import {
  find,
  keyless,
  OWNER_KEY,
  providerConfig,
  type ConfigReader,
  type Found,
  type ProviderArguments,
} from "./setting.js";

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

/** A setting that is missing or makes no sense. The message names the setting, what is expected and how to set it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

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

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
