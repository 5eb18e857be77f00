import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { unsupported, UserError } from "../errors.js";

/** What the project file says, as far as this engine uses it. */
export interface Project {
  readonly name: string;
  /** The project file itself. */
  readonly file: string;
  /** The folder of the project file. */
  readonly root: string;
  /** The folder that the program runs in. */
  readonly workDir: string;
  /** What to run there: "." or a file. */
  readonly entryPoint: string;
  readonly nodeArgs: readonly string[];
  readonly tsconfig: string | undefined;
  readonly typescript: boolean;
  readonly backendUrl: string | undefined;
  /** The folders of the plugins that the project names, by package. */
  readonly plugins: Readonly<Record<string, string>>;
  /** Whether every operation begins with a refresh. */
  readonly refreshes: boolean;
  /** Config values that hold unless a stack sets its own, by full key. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** What the project says of its config values, by full key. */
  readonly declared: readonly ConfigDeclaration[];
}

/** What a project says of one of its config values. */
export interface ConfigDeclaration {
  readonly key: string;
  /** The key as the project writes it. */
  readonly name: string;
  /** The value that holds where the stack has none. */
  readonly given: unknown;
  readonly secret: boolean;
}

const FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The nearest project file at or above a folder. */
export function findProjectFile(folder: string): string | undefined {
  const found = FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
  const above = dirname(folder);
  return found ?? (above === folder ? undefined : findProjectFile(above));
}

function read(file: string): Fields {
  try {
    return fields(parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new UserError(`could not read the project file ${file}: ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
}

/** Where the program is: `main` may name a folder or a file. */
function program(root: string, main: string | undefined): Pick<Project, "workDir" | "entryPoint"> {
  if (main === undefined) return { workDir: root, entryPoint: "." };
  const path = resolve(root, main);
  const isFile = /\.[cm]?[jt]s$/u.test(path);
  return isFile ? { workDir: dirname(path), entryPoint: path } : { workDir: path, entryPoint: "." };
}

/** The plugins of providers that a project names, each by its folder. */
function plugins(root: string, named: unknown): Record<string, string> {
  const all = (Array.isArray(named) ? named : []).map(fields);
  return Object.fromEntries(
    all.flatMap(({ name, path }) =>
      typeof name === "string" && typeof path === "string" ? [[name, resolve(root, path)]] : [],
    ),
  );
}

function declarations(name: string, config: Fields): ConfigDeclaration[] {
  return Object.entries(config).map(([key, declared]) => {
    const { value, default: otherwise, secret } = fields(declared);
    const given = typeof declared === "object" ? (otherwise ?? value) : declared;
    return { key: key.includes(":") ? key : `${name}:${key}`, name: key, given, secret: secret === true };
  });
}

/** Words of a command line; quotes keep spaces together. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");

/**
 * Reads the project that a folder belongs to.
 *
 * @throws UserError when there is none, it is malformed, or it asks for what this engine does not do.
 */
export function loadProject(folder: string): Project {
  const file = findProjectFile(folder);
  if (file === undefined) throw new UserError(`no Pulumi.yaml project file found (searching upwards from ${folder})`);
  const { project, runtime, settings } = readProject(file);
  if (runtime !== "nodejs")
    throw new UserError(
      `${unsupported(`The runtime "${runtime}" of ${file}`).message}: "npx pulumi up" fetches it on first use`,
    );
  const others = Object.keys(fields(settings["plugins"])).filter((kind) => kind !== "providers");
  if (others.length > 0) throw unsupported(`\`plugins.${others.join(", ")}\` in ${file}`);
  for (const key of ["packages", "stackConfigDir", "requiredPulumiVersion"])
    if (settings[key] !== undefined) throw unsupported(`\`${key}\` in ${file}`);
  return project;
}

/**
 * Reads a project file, whatever it asks for.
 *
 * @throws UserError when it is malformed.
 */
export function readProject(file: string): {
  readonly project: Project;
  readonly runtime: string;
  readonly settings: Fields;
} {
  const settings = read(file);
  const name = text(settings["name"]);
  if (name === undefined) throw new UserError(`${file}: \`name\` is missing: give the project a name`);
  const runtime = text(settings["runtime"]) ?? text(fields(settings["runtime"])["name"]) ?? "";
  const options = fields(fields(settings["runtime"])["options"]);
  const root = dirname(file);
  const declared = declarations(name, fields(settings["config"]));
  const project = {
    name,
    file,
    root,
    ...program(root, text(settings["main"])),
    nodeArgs: words(text(options["nodeargs"]) ?? ""),
    tsconfig: text(options["tsconfig"]),
    typescript: options["typescript"] !== false,
    backendUrl: text(fields(settings["backend"])["url"]),
    plugins: plugins(root, fields(settings["plugins"])["providers"]),
    refreshes: fields(settings["options"])["refresh"] === "always",
    defaults: Object.fromEntries(
      declared.flatMap(({ key, given }) => (given === undefined || given === null ? [] : [[key, given]])),
    ),
    declared,
  };
  return { project, runtime, settings };
}
