import { runtime } from "@pulumi/pulumi";
import { redactKey } from "./client/http/words.js";
import { readSettings, type ConfigReader } from "./config.js";
import type { FunctionContext } from "./functions/function.js";
import { session } from "./session.js";

/**
 * What functions work with inside a stack program.
 *
 * @param config Where settings come from. Default: the configuration of the stack that the program is run for.
 */
export function programContext(config: ConfigReader = (key) => runtime.getConfig(key)): FunctionContext {
  return { ...session().context(config), redact: redactKey(readSettings(config).apiKey) };
}
