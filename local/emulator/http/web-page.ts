import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "../errors.js";

/** Whether a name or address is this machine's own. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * Refuses what a web page of elsewhere makes a browser send: it names its origin, or reaches this machine under a name
 * of its own that was made to lead here. The key alone would do, were it never in a page's reach.
 *
 * @param listening the address that is listened on: one that other machines reach has many names.
 */
export function checkCaller(
  { host = "", origin, "sec-fetch-site": site }: IncomingHttpHeaders,
  listening: string,
): void {
  const name = host
    .replace(/:\d+$/u, "")
    .replace(/^\[(.*)\]$/u, "$1")
    .toLowerCase();
  if (isLoopback(listening) && !isLoopback(name) && name !== listening) {
    throw new ApiError(403, `Nothing is known here as "${name.slice(0, 100)}": use the address that was printed`);
  }
  const isForeign = origin !== undefined && origin !== `http://${host}`;
  if (isForeign || (typeof site === "string" && site !== "same-origin" && site !== "none")) {
    throw new ApiError(403, "A web page of another origin must not ask here");
  }
}
