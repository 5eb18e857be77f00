import { z } from "zod";

/** The namespace of the provider's stack configuration, as in `pulumi config set vultr-inference:baseUrl …`. */
export const NAMESPACE = "vultr-inference";

/** The live API. */
const LIVE_URL = "https://api.vultrinference.com/v1";

/** How the provider reaches the API. Stack configuration wins over the environment, the environment over defaults. */
export interface Settings {
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
  /** Seconds for one operation, its retries included. Config `timeoutSeconds`, environment `VULTR_INFERENCE_TIMEOUT_SECONDS`. */
  readonly timeoutSeconds?: number;
  /** Repeats of a request that may be repeated. Config `maxRetries`, environment `VULTR_INFERENCE_MAX_RETRIES`. */
  readonly maxRetries?: number;
  /** Path of the request-log look-up. Config `logsPath`, environment `VULTR_INFERENCE_LOGS_PATH`. */
  readonly logsPath?: string;
}

/** A setting that is missing or makes no sense. The message names the setting, what is expected and how to set it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads one value of the stack's configuration by its full key, e.g. `vultr-inference:apiKey`. */
export type ConfigReader = (key: string) => string | undefined;

const integer = (least: number): z.ZodType<number> =>
  z.coerce.number(`a whole number, ${least} or more`).int(`a whole number, ${least} or more`).min(least, `a whole number, ${least} or more`);
const positive = z.coerce.number("a number above 0").positive("a number above 0");

const OPTIONAL = {
  baseUrl: z.url({ protocol: /^https?$/u, error: "an address such as https://api.vultrinference.com/v1" }),
  concurrency: integer(1),
  requestsPerSecond: positive,
  timeoutSeconds: positive,
  maxRetries: integer(0),
  logsPath: z.string().startsWith("/", "a path such as /logs"),
};

/**
 * The only reader of stack configuration and environment.
 *
 * @throws ConfigError where there is no key, or a setting is nonsense.
 */
export function readSettings(config: ConfigReader, env: NodeJS.ProcessEnv = process.env): Settings {
  const key = find("apiKey", config, env);
  if (key === undefined) {
    throw new ConfigError(
      `No API key: set the inference subscription's key with "pulumi config set --secret ${NAMESPACE}:apiKey" ` +
        `or in the environment variable ${variable("apiKey")}.`,
    );
  }
  const optional = Object.entries(OPTIONAL).flatMap(([name, schema]) => {
    const found = find(name, config, env);
    if (found === undefined) return [];
    const parsed = schema.safeParse(found.value);
    if (parsed.success) return [[name, parsed.data] as const];
    throw new ConfigError(`${sentenceCase(found.source)} is "${found.value}", but must be ${parsed.error.issues[0]?.message ?? "valid"}.`);
  });
  return { apiKey: key.value, apiKeySource: key.source, baseUrl: LIVE_URL, ...Object.fromEntries(optional) };
}

interface Found {
  readonly value: string;
  readonly source: string;
}

function find(name: string, config: ConfigReader, env: NodeJS.ProcessEnv): Found | undefined {
  const configured = config(`${NAMESPACE}:${name}`);
  if (configured !== undefined && configured !== "") return { value: configured, source: `stack config ${NAMESPACE}:${name}` };
  const value = env[variable(name)];
  return value === undefined || value === "" ? undefined : { value, source: `environment variable ${variable(name)}` };
}

/** `requestsPerSecond` → `VULTR_INFERENCE_REQUESTS_PER_SECOND`. */
function variable(name: string): string {
  return `VULTR_INFERENCE_${name.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase()}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
