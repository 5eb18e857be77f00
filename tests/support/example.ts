import type { Engine } from "./engines.js";
import { ROOT } from "./project-copy.js";
import { Rig, type RigOptions } from "./stack.js";

/** An example, run as it stands; its types are what the type check looks at. */
export async function startExample(engine: Engine, name: string, options: Omit<RigOptions, "program"> = {}): Promise<Rig> {
  const main = `${ROOT}/examples/${name}`;
  const environment = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...options.environment };
  const rig = await Rig.start(engine, { ...options, program: main, environment });
  const settings = await rig.stack.workspace.projectSettings();
  await rig.stack.workspace.saveProjectSettings({ ...settings, runtime: { name: "nodejs", options: { typescript: true } } });
  return rig;
}
