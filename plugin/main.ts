/** What the plugin's process does: it serves one engine, prints its port, and ends with the engine. */
import { isEngineAddress } from "../provider/engine/log.js";
import { endWithEngine } from "../provider/engine/life.js";
import { servePlugin } from "./service.js";

/** Starts the plugin, with the arguments of its process. */
export async function main(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const engine = args.find(isEngineAddress);
  const server = await servePlugin(engine);
  endWithEngine(() => server.end(), engine);
  process.stdout.write(`${server.port}\n`);
}
