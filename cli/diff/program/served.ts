import { RESOURCES, preparedInputs, tokenOf } from "../../../plugin/resources.js";
import { assetOf } from "../../../plugin/values.js";
import { isUnknown } from "../../../provider/engine/values.js";
import type { Properties } from "../../../local/engine/programs.js";
import type { Declared } from "./recorder.js";

/** What programs have declared for the plugin, in the words in which the classes of Node.js programs declare it. */
export function asClasses(declared: readonly Declared[]): Promise<readonly Declared[]> {
  return Promise.all(declared.map(asClass));
}

async function asClass(one: Declared): Promise<Declared> {
  const name = one.type.split(":").at(-1) ?? "";
  const served = one.type === tokenOf(name) && Object.hasOwn(RESOURCES, name) ? RESOURCES[name] : undefined;
  if (served === undefined) return one;
  const given = { plain: withAsset(name, one.inputs), secret: one.secret };
  const inputs = await preparedInputs(served, one.urn, given);
  return { ...one, inputs: inputs as Properties };
}

/** A file of a path: relative ones count from the program's folder, and not from where this process runs. */
function withAsset(name: string, inputs: Properties): Properties {
  const { source } = inputs;
  if (name !== "File" || typeof source !== "string" || isUnknown(source)) return inputs;
  return { ...inputs, source: assetOf({ path: source, hash: "" }) as Properties };
}
