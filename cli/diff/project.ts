import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";

type Settings = Readonly<Record<string, unknown>>;

/** A stack's folder, as it is read. */
export interface ProjectFolder {
  readonly name: string;
  readonly settings: Settings;
  /** The stack's configuration, secrets replaced. */
  readonly config: Settings;
}

const NAMES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
const HIDDEN = "a-secret-that-is-not-needed";

/** Reads a stack's folder; nothing where it is none. */
export function readProject(folder: string, stack: string): ProjectFolder | undefined {
  const file = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const settings = read(file);
  const { name } = settings;
  if (typeof name !== "string") throw new Error(`${file} has no name.`);
  const { stackConfigDir = "." } = settings;
  const path = resolve(folder, typeof stackConfigDir === "string" ? stackConfigDir : ".", `Pulumi.${stack}.yaml`);
  const { config = {} } = existsSync(path) ? read(path) : {};
  return { name, settings, config: withoutSecrets(config) as Settings };
}

function read(path: string): Settings {
  const value: unknown = parse(readFileSync(path, "utf8"));
  if (typeof value !== "object" || value === null) throw new Error(`${path} has no settings.`);
  return value as Settings;
}

/** Nobody needs the passphrase: what is compared does not hang on secrets. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (Object.keys(value).length === 1 && "secure" in value) return HIDDEN;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

/** Writes a project that runs the program of a folder, with a state and a home of its own, all below `to`. */
export function writeProject({ name, settings, config }: ProjectFolder, folder: string, stack: string, to: string): { workDir: string; home: string; backend: string } {
  const [workDir, home, backend] = [join(to, "project"), join(to, "home"), join(to, "state")];
  for (const one of [workDir, home, backend]) mkdirSync(one, { recursive: true });
  const { main, runtime = "nodejs", config: declared } = settings;
  const own = { name, runtime, main: resolve(folder, typeof main === "string" ? main : "."), ...(declared !== undefined && { config: declared }) };
  writeFileSync(join(workDir, "Pulumi.yaml"), stringify(own));
  writeFileSync(join(workDir, `Pulumi.${stack}.yaml`), stringify({ config }));
  const plugins = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
  if (existsSync(plugins)) symlinkSync(plugins, join(home, "plugins"));
  return { workDir, home, backend };
}
