/** What outputs a deployment is going to have, as far as a preview knows. */
import { UNKNOWN, type Properties } from "../provider/engine/values.js";
import type { Served } from "./resources.js";
import { schema } from "./schema.js";
import { tokenOf } from "./resources.js";

function outputsOf(name: string): { readonly outputs: readonly string[]; readonly required: ReadonlySet<string> } {
  const { properties = {}, required = [] } = schema().resources[tokenOf(name)] ?? {};
  return { outputs: Object.keys(properties), required: new Set(required) };
}

/** Outputs of something that is to be made: what inputs of the same name say, and else unknown. */
export function createdOutputs(name: string, served: Served, inputs: Properties): Properties {
  const { outputs } = outputsOf(name);
  const known = outputs.map((output) => [
    output,
    Object.hasOwn(served.fields, output) && !served.updates.includes(output) ? inputs[output] : UNKNOWN,
  ]);
  return Object.fromEntries(known) as Properties;
}

/**
 * Outputs of something that is to be changed: what it has, but for what inputs of the same name say, and what an update
 * computes.
 */
export function updatedOutputs(name: string, served: Served, state: Properties, inputs: Properties): Properties {
  const { outputs } = outputsOf(name);
  const changed = outputs.flatMap((output) => {
    if (served.updates.includes(output)) return [[output, UNKNOWN] as const];
    return Object.hasOwn(inputs, output) ? [[output, inputs[output]] as const] : [];
  });
  return { ...state, ...Object.fromEntries(changed) };
}
