import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import { isEngineAddress } from "./log.js";

/** What an engine calls in its providers where the person who deploys interrupts the run. */
const CANCEL = "/pulumirpc.ResourceProvider/Cancel";

/** How the server of the SDK's provider process finds who answers a call. */
interface Lookup {
  _retrieveHandler?: (this: unknown, path: string) => unknown;
}

/**
 * Calls back where the engine says that the run is interrupted.
 *
 * The SDK's process for dynamic providers answers that call by itself and tells nobody, so this listens where its
 * server looks up the call. With a server that has no such place nothing is heard, and what runs goes on to its end.
 */
export function onCancel(
  tell: () => void,
  address: string | undefined = process.argv[2],
  main: NodeJS.Module | undefined = require.main,
): void {
  if (!isEngineAddress(address) || main === undefined) return;
  const { Server } = createRequire(main.filename)("@grpc/grpc-js") as typeof Grpc;
  const lookup = Server.prototype as unknown as Lookup;
  const find = lookup._retrieveHandler;
  if (typeof find !== "function") return;
  lookup._retrieveHandler = function (path) {
    if (path === CANCEL) tell();
    return find.call(this, path);
  };
}
