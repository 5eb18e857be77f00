import { type Clock, systemClock } from "./clock.js";
import { isLoopback, wrongProxies } from "./connections.js";
import { UsageError } from "./errors.js";
import { quoted } from "../../text/clean.js";
import { type Redact, redactKey } from "../../text/redact.js";

/** Where the client writes what it does. The key is taken out before a message gets here. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/** An undici dispatcher, such as an Agent, a ProxyAgent or a MockAgent, of undici 7 or 8. */
export interface DispatcherLike {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- undici's versions type the two differently
  dispatch(options: any, handler: any): boolean;
}

/** What sends a request in place of undici: `globalThis.fetch`, or a function of the same kind. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** How requests are sent. */
export interface HttpOptions {
  /**
   * The key of the inference subscription; not the account's key. Default: the environment variable
   * `VULTR_INFERENCE_API_KEY`.
   */
  readonly apiKey?: string | undefined;
  /** Where the key came from, e.g. `stack config vultr-inference:apiKey`; named when the API refuses it. */
  readonly apiKeySource?: string | undefined;
  /** Default: the environment variable `VULTR_INFERENCE_BASE_URL`, otherwise `https://api.vultrinference.com/v1`. */
  readonly baseUrl?: string | undefined;
  /**
   * Requests under way at once; default 16. Shared by all clients of the process with the same address and key, where
   * the smallest one counts. It halves when the API answers 429 and grows back.
   */
  readonly concurrency?: number | undefined;
  /** Requests started in a second, by the whole process; default without limit. */
  readonly requestsPerSecond?: number | undefined;
  /**
   * Seconds for an operation: all its attempts and the pauses between them; default 300. Waiting in line and for
   * Retry-After does not count.
   */
  readonly timeoutSeconds?: number | undefined;
  /**
   * Seconds for one attempt, from sending it to the end of its answer; default 120. What may be repeated is then tried
   * again, as long as `timeoutSeconds` lasts. A stream and an upload start afresh with each chunk.
   */
  readonly attemptTimeoutSeconds?: number | undefined;
  /** How often what may be repeated is repeated; default 4, 0 for never. */
  readonly maxRetries?: number | undefined;
  /**
   * Whether what is sent or stored is secret. Errors then name the status of an answer and nothing of what it says,
   * since that could echo a secret. Default: false.
   */
  readonly confidential?: boolean | undefined;
  /**
   * Once it is aborted, no request is repeated, and none waits for its time: requests under way end, and those that can
   * go at once are still sent. What gives up for it throws an AbortedError. Default: none.
   */
  readonly interruption?: AbortSignal | undefined;
  /** Default none. */
  readonly log?: Logger | undefined;
  /** Default the machine's. */
  readonly clock?: Clock | undefined;
  /** A number from 0 up to but not including 1, for the jitter of pauses; default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** What carries the requests; default the process's own connections. */
  readonly dispatcher?: DispatcherLike | undefined;
  /**
   * Sends the requests by a function in place of undici: for tests that stand in for `fetch`, and for other runtimes.
   * Neither proxies nor the limits of connections are set then. Not together with `dispatcher`. Default: none.
   */
  readonly fetch?: FetchLike | undefined;
}

/** Checked options, with the defaults filled in. */
export interface Settings {
  readonly apiKey: string;
  readonly apiKeySource: string | undefined;
  readonly origin: string;
  /** What stands before every path, without a slash at its end: `/v1`. */
  readonly prefix: string;
  readonly concurrency: number;
  readonly requestsPerSecond: number;
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly maxRetries: number;
  readonly confidential: boolean;
  readonly interruption: AbortSignal | undefined;
  readonly log: Logger | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly dispatcher: DispatcherLike | undefined;
  readonly fetch: FetchLike | undefined;
  readonly redact: Redact;
}

/** Requests under way at once where nothing else is said. */
export const defaultConcurrency = 16;

/** Repeats of what may be repeated where nothing else is said. */
export const defaultMaxRetries = 4;

/** Seconds for an operation where nothing else is said: models stall for a minute and more, and answer then. */
export const defaultTimeoutSeconds = 300;

/** Seconds for one attempt where nothing else is said. */
export const defaultAttemptTimeoutSeconds = 120;

/** The address of the live API. */
export const defaultBaseUrl = "https://api.vultrinference.com/v1";

/** What a number may be; the bounds themselves are allowed. */
interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly whole?: true;
}

/** What the options that are numbers may be. */
export const bounds = {
  concurrency: { from: 1, to: 1024, whole: true },
  requestsPerSecond: { from: 0.01, to: Infinity },
  timeoutSeconds: { from: 0.001, to: 86_400 },
  attemptTimeoutSeconds: { from: 0.001, to: 86_400 },
  maxRetries: { from: 0, to: 20, whole: true },
} as const satisfies Readonly<Record<string, Bounds>>;

const KEY_VARIABLE = "VULTR_INFERENCE_API_KEY";
const BASE_URL_VARIABLE = "VULTR_INFERENCE_BASE_URL";

/** @throws UsageError that names the first wrong option. */
export function checkOptions(options: HttpOptions, env: NodeJS.ProcessEnv = process.env): Settings {
  const { dispatcher, fetch } = options;
  // It puts a stand-in without dispatchers in the place of undici, with which no request would be sent.
  if (process.versions["bun"] !== undefined && fetch === undefined) {
    throw wrong("Bun cannot send requests by undici: give the option fetch, or run this with Node.js 20.19 or newer.");
  }
  if (fetch !== undefined && dispatcher !== undefined)
    throw wrong("fetch and dispatcher both say what sends the requests; give one of them.");
  const { apiKey, apiKeySource } = keyOf(options, env);
  const address = checkBaseUrl(options.baseUrl ?? fromEnvironment(env, BASE_URL_VARIABLE) ?? defaultBaseUrl);
  if (fetch === undefined && dispatcher === undefined && !isLoopback(address.origin)) checkProxies(env);
  return {
    apiKey,
    apiKeySource,
    ...address,
    concurrency: checkNumber("concurrency", options.concurrency ?? defaultConcurrency),
    requestsPerSecond: checkNumber("requestsPerSecond", options.requestsPerSecond ?? Infinity),
    timeoutMs: checkNumber("timeoutSeconds", options.timeoutSeconds ?? defaultTimeoutSeconds) * 1000,
    attemptTimeoutMs:
      checkNumber("attemptTimeoutSeconds", options.attemptTimeoutSeconds ?? defaultAttemptTimeoutSeconds) * 1000,
    maxRetries: checkNumber("maxRetries", options.maxRetries ?? defaultMaxRetries),
    confidential: options.confidential ?? false,
    interruption: options.interruption,
    log: options.log,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    dispatcher,
    fetch,
    redact: redactKey(apiKey),
  };
}

/** What one call may set otherwise. */
export interface CallSettings {
  readonly timeoutSeconds?: number | undefined;
  readonly attemptTimeoutSeconds?: number | undefined;
  readonly maxRetries?: number | undefined;
}

/** @throws UsageError that names the first wrong option. */
export function settingsFor(
  settings: Settings,
  { timeoutSeconds, attemptTimeoutSeconds, maxRetries }: CallSettings,
  operation: string,
): Settings {
  if (timeoutSeconds === undefined && attemptTimeoutSeconds === undefined && maxRetries === undefined) return settings;
  return {
    ...settings,
    ...(timeoutSeconds !== undefined && { timeoutMs: checkNumber("timeoutSeconds", timeoutSeconds, operation) * 1000 }),
    ...(attemptTimeoutSeconds !== undefined && {
      attemptTimeoutMs: checkNumber("attemptTimeoutSeconds", attemptTimeoutSeconds, operation) * 1000,
    }),
    ...(maxRetries !== undefined && { maxRetries: checkNumber("maxRetries", maxRetries, operation) }),
  };
}

function wrong(message: string, operation = "createClient"): UsageError {
  return new UsageError(message, { operation });
}

function keyOf(
  { apiKey, apiKeySource }: HttpOptions,
  env: NodeJS.ProcessEnv,
): { apiKey: string; apiKeySource: string | undefined } {
  const found = apiKey === undefined ? fromEnvironment(env, KEY_VARIABLE) : undefined;
  const source = apiKeySource ?? (found === undefined ? undefined : `environment variable ${KEY_VARIABLE}`);
  return { apiKey: checkKey(apiKey ?? found, source), apiKeySource: source };
}

/** What is set in the environment; an empty value counts as none. */
function fromEnvironment(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === "" ? undefined : value;
}

/** The key itself must not show in any of these messages. */
function checkKey(key: unknown, source: string | undefined): string {
  const from = source === undefined ? "" : ` (from ${source})`;
  const need = "set it to the key of the inference subscription";
  if (key === undefined || key === null || key === "")
    throw wrong(`apiKey${from} is missing; ${need}, or set ${KEY_VARIABLE} in the environment.`);
  if (typeof key !== "string") throw wrong(`apiKey${from} must be a string, not ${typeof key}; ${need}.`);
  if (key !== key.trim()) throw wrong(`apiKey${from} has white space or a line break at its start or end; remove it.`);
  if (!/^[\u0021-\u007e]+$/u.test(key)) {
    const found = "characters that cannot be sent in a header (spaces, control characters or non-ASCII letters)";
    throw wrong(`apiKey${from} has ${found}; ${need}, exactly as it was given.`);
  }
  return key;
}

function checkBaseUrl(text: unknown): { origin: string; prefix: string } {
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw wrong(`baseUrl must be an http or https URL like ${defaultBaseUrl}, not ${quoted(text)}.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw wrong("baseUrl must not hold a user name or a password; remove what stands before the @.");
  }
  if (url.search !== "" || url.hash !== "") {
    throw wrong(`baseUrl must end with its path, without "?" and "#", like ${defaultBaseUrl}.`);
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/u, "") };
}

/** An address of a proxy may hold a password, and is not repeated. */
function checkProxies(env: NodeJS.ProcessEnv): void {
  const [name] = wrongProxies(env);
  if (name === undefined) return;
  throw wrong(
    `The environment variable ${name} must be the address of a proxy, such as http://proxy.example.com:3128.`,
  );
}

function checkNumber(name: keyof typeof bounds, value: unknown, operation?: string): number {
  const range: Bounds = bounds[name];
  const fits =
    typeof value === "number" && value >= range.from && value <= range.to && (!range.whole || Number.isInteger(value));
  if (fits) return value;
  const kind = range.whole ? "a whole number" : "a number";
  const span = range.to === Infinity ? `of at least ${range.from}` : `from ${range.from} to ${range.to}`;
  const given = typeof value === "number" ? String(value) : quoted(value);
  throw wrong(`${name} must be ${kind} ${span}, not ${given}.`, operation);
}
