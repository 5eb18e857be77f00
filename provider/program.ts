import { runtime } from "@pulumi/pulumi";
import { createContext } from "./handler.js";
import type { Context } from "./lifecycle.js";

/** What functions work with inside a stack program: the settings of the stack that the program is run for. */
export function programContext(): Context {
  return createContext((key) => runtime.getConfig(key));
}
