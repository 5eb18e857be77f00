import type { State } from "./schema.js";

/**
 * Refuses to look for a collection at another API than the one that made it: there everything would seem gone, and the
 * deployment would make it all again.
 *
 * @throws Error where the origins differ. Ports of this machine's emulators count as equal.
 */
export function requireOrigin(current: string, id: string, state: Partial<State>): void {
  if (state.origin === undefined || sameOrigin(state.origin, current)) return;
  throw new Error(
    `The collection "${id}" was made at ${state.origin}, but the provider is configured for ${current}. ` +
      `Set vultr-inference:baseUrl (or VULTR_INFERENCE_BASE_URL) back, or use another stack for the other API.`,
  );
}

function sameOrigin(a: string, b: string): boolean {
  return a === b || (isLoopback(a) && isLoopback(b));
}

function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/u.test(hostname);
}
