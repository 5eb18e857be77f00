import type * as undici from "undici";

/** The timeouts of headers and bodies are ours, with a clock that tests can move. */
const options = {
  pipelining: 1,
  connect: { timeout: 10_000 },
  headersTimeout: 0,
  bodyTimeout: 0,
} satisfies undici.Agent.Options;

let direct: undici.Agent | undefined;
let byEnvironment: undici.EnvHttpProxyAgent | undefined;

/**
 * The process's connections to an origin: through the proxy that HTTPS_PROXY and NO_PROXY name, and always directly to
 * this machine. Idle connections do not keep the process alive.
 */
export function connectionsTo(origin: string): undici.Dispatcher {
  if (isLoopback(origin)) return (direct ??= new (load().Agent)(options));
  return (byEnvironment ??= new (load().EnvHttpProxyAgent)(options));
}

/** Loaded by the first request: what only declares and compares starts without it. */
function load(): typeof undici {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- runners that sandbox CommonJS find no import()
  return require("undici") as typeof undici;
}

/** Closes the process's connections once what is under way is done. Clients made before go on with new ones. */
export async function closeConnections(): Promise<void> {
  const open = [direct, byEnvironment].filter((agent) => agent !== undefined);
  direct = byEnvironment = undefined;
  await Promise.all(open.map((agent) => agent.close()));
}

/** The names of the variables that are to hold the address of a proxy, and hold something else. */
export function wrongProxies(env: NodeJS.ProcessEnv): string[] {
  const isProxy = (text: string): boolean =>
    URL.canParse(text) && /^(?:https?|socks5?):$/u.test(new URL(text).protocol);
  return ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"].filter((name) => {
    const text = env[name] ?? "";
    return text !== "" && !isProxy(text);
  });
}

/** Whether an origin is this machine: `localhost` and its subdomains, 127.0.0.0/8, ::1. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname);
}
