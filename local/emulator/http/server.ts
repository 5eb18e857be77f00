import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { errorCode } from "../error-code.js";

/** A server that listens. */
export interface Listening {
  /** The port it got. */
  readonly port: number;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** Listens on a host and a port (0: a free one). A handler that rejects costs its own connection, nothing else. */
export async function listen(
  host: string,
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Listening> {
  const server = createServer({ maxHeaderSize: 32 * 1024 }, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  // Longer than the pauses of clients that keep their connections: whoever ends an idle one first causes a race.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listenError(error: Error, host: string, port: number): Error {
  const code = errorCode(error);
  if (code === "EADDRINUSE")
    return new Error(`Port ${port} of ${host} is taken: choose another one, or 0 for a free one.`);
  if (code === "EACCES")
    return new Error(`Port ${port} of ${host} needs more rights: choose one above 1023, or 0 for a free one.`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new Error(`${host} is no address of this machine: use 127.0.0.1.`);
  return error;
}
