import { connect } from "node:net";
import { isEngineAddress } from "./log.js";

/** In milliseconds: how often the engine is looked for. */
const LOOKED_FOR_EVERY = 2_000;
/** So many times in a row nobody listened: once may be chance. */
const MISSED = 2;

/**
 * Ends this process with the engine that started it. One that is done says so by an interrupt; one that was killed
 * leaves its provider processes behind, with the key in their environment.
 *
 * @param onEnd called where the engine ends in an orderly way, and so has kept all results.
 */
export function endWithEngine(onEnd: () => void, address: string | undefined = process.argv[2]): void {
  if (!isEngineAddress(address)) return;
  process.once("SIGINT", () => {
    onEnd();
    process.exit(0);
  });
  let missed = 0;
  setInterval(() => {
    look(address, (isThere) => {
      missed = isThere ? 0 : missed + 1;
      if (missed >= MISSED) process.exit(1);
    });
  }, LOOKED_FOR_EVERY).unref();
}

/** Tells whether anybody listens at an address of this machine. */
function look(address: string, tell: (isThere: boolean) => void): void {
  const at = address.lastIndexOf(":");
  const socket = connect({ host: address.slice(0, at).replaceAll(/[[\]]/gu, ""), port: Number(address.slice(at + 1)) });
  socket.unref();
  socket.once("connect", () => {
    socket.destroy();
    tell(true);
  });
  socket.once("error", (error: NodeJS.ErrnoException) => tell(error.code !== "ECONNREFUSED"));
}
