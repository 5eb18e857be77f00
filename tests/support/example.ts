import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Engine } from "./engines.js";
import { ROOT } from "./project-copy.js";
import { Rig, type RigOptions } from "./stack.js";

/** An example, run as it stands; its types are what the type check looks at. */
export async function startExample(
  engine: Engine,
  name: string,
  options: Omit<RigOptions, "program"> = {},
): Promise<Rig> {
  const main = `${ROOT}/examples/${name}`;
  const environment = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...options.environment };
  const rig = await Rig.start(engine, { ...options, program: main, environment });
  const settings = await rig.stack.workspace.projectSettings();
  await rig.stack.workspace.saveProjectSettings({
    ...settings,
    runtime: { name: "nodejs", options: { typescript: true } },
  });
  return rig;
}

/**
 * A copy of an example's folder as a user has it: it finds the packages that it declares, and no other.
 *
 * @param modules where they lie: folders of packages, the first that has one counts.
 */
export function copyExample(
  name: string,
  folder: string,
  modules: readonly string[] = [join(ROOT, "node_modules")],
): void {
  cpSync(join(ROOT, "examples", name), folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
    string,
    Record<string, string>
  >;
  for (const declared of Object.keys({ ...dependencies, ...devDependencies })) {
    const found = modules.map((from) => join(from, declared)).find((path) => existsSync(path));
    const link = join(folder, "node_modules", declared);
    mkdirSync(dirname(link), { recursive: true });
    if (found !== undefined) symlinkSync(found, link);
  }
}
