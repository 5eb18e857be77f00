import { runtime } from "@pulumi/pulumi";
import type { ConfigReader } from "../api/setting.js";
import type { Context } from "./context.js";
import { session } from "./session.js";

/**
 * What functions work with inside a stack program.
 *
 * @param config Where settings come from. Default: the configuration of the stack that the program is run for.
 * @param confidential whether the arguments are secret.
 */
export function programContext(config: ConfigReader = (key) => runtime.getConfig(key), confidential = false): Context {
  return session().context(config, confidential);
}
