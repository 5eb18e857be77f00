import { existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { unsupported, UserError } from "../errors.js";
import { readIfThere, writeAtomically } from "./files.js";

/** The only organization that the file backend has. */
export const ORGANIZATION = "organization";

/** Which stack is meant, and where everything about it lies. */
export interface StackPlace {
  readonly name: string;
  readonly project: string;
  /** `organization/<project>/<name>`. */
  readonly fullName: string;
  readonly checkpoint: string;
  readonly journal: string;
  readonly locks: string;
  readonly history: string;
  readonly backups: string;
}

/** Where Pulumi keeps what is the user's: PULUMI_HOME, or `~/.pulumi`. */
export const pulumiHome = (env: NodeJS.ProcessEnv): string => env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");

function loggedInUrl(env: NodeJS.ProcessEnv): string | undefined {
  const text = readIfThere(join(pulumiHome(env), "credentials.json"));
  if (text === undefined) return undefined;
  const { current } = JSON.parse(text) as { current?: unknown };
  return typeof current === "string" && current !== "" ? current : undefined;
}

function folderOf(url: string): string {
  const path = url.slice("file://".length);
  const expanded = path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
  const folder = resolve(expanded === "" ? "/" : expanded);
  if (!existsSync(folder))
    throw new UserError(`could not open the state folder ${folder} (from ${url}): no such folder`);
  return realpathSync(folder);
}

/** A folder of states in the Pulumi CLI's layout. */
export class Backend {
  private constructor(
    readonly url: string,
    readonly root: string,
  ) {}

  /**
   * Opens the backend of PULUMI_BACKEND_URL, else of the project's settings, else the one logged in to.
   *
   * @throws UserError when there is none, or it is not a folder.
   */
  static open(env: NodeJS.ProcessEnv, projectUrl: string | undefined): Backend {
    const set = env["PULUMI_BACKEND_URL"];
    const url = set !== undefined && set !== "" ? set : (projectUrl ?? loggedInUrl(env));
    if (url === undefined)
      throw new UserError(
        "no backend is set: set PULUMI_BACKEND_URL to file://<folder>, where the states are to be kept",
      );
    if (!url.startsWith("file://")) throw unsupported(`The backend ${url.split("?")[0] ?? url}`);
    const backend = new Backend(url, folderOf(url));
    backend.#prepare();
    return backend;
  }

  get user(): string {
    return userInfo().username;
  }

  #prepare(): void {
    const meta = join(this.root, ".pulumi", "meta.yaml");
    const text = readIfThere(meta);
    if (text === undefined && existsSync(join(this.root, ".pulumi", "stacks")))
      throw unsupported("A state folder without projects, as the CLI made them before 3.61,");
    if (text === undefined) writeAtomically(meta, "version: 1\n");
    else if (!/^version:\s*1\s*$/mu.test(text)) throw unsupported(`The layout of ${this.root}`);
  }

  /** The place of the stack that a user names `<stack>` or `organization/<project>/<stack>`. */
  place(reference: string, currentProject: string | undefined): StackPlace {
    const parts = reference.split("/");
    const name = parts.at(-1) ?? "";
    if (!/^[A-Za-z0-9_.-]{1,100}$/u.test(name))
      throw new UserError(
        `invalid stack name "${name}": a stack name may have letters, digits, hyphens, underscores and periods`,
      );
    if (parts.length === 2 || parts.length > 3 || (parts.length === 3 && parts[0] !== ORGANIZATION))
      throw new UserError(
        `invalid stack reference "${reference}": expected <stack> or ${ORGANIZATION}/<project>/<stack>`,
      );
    const project = parts.length === 3 ? parts[1] : currentProject;
    if (project === undefined || project === "")
      throw new UserError(`no project found for the stack "${reference}": run in a folder with a Pulumi.yaml`);
    const at = (kind: string, ...rest: string[]): string => join(this.root, ".pulumi", kind, ...rest);
    return {
      name,
      project,
      fullName: `${ORGANIZATION}/${project}/${name}`,
      checkpoint: at("stacks", project, `${name}.json`),
      journal: at("stacks", project, `${name}.journal`),
      locks: at("locks", ORGANIZATION, project, name),
      history: at("history", project, name),
      backups: at("backups", project, name),
    };
  }

  /** All stacks of a project, or of all projects. */
  list(project: string | undefined): StackPlace[] {
    const folder = join(this.root, ".pulumi", "stacks");
    const entries = (path: string): string[] => (existsSync(path) ? readdirSync(path).sort() : []);
    return entries(folder)
      .filter((name) => project === undefined || name === project)
      .flatMap((name) =>
        entries(join(folder, name))
          .filter((file) => file.endsWith(".json") && !file.startsWith("."))
          .map((file) => this.place(`${ORGANIZATION}/${name}/${file.slice(0, -".json".length)}`, undefined)),
      );
  }
}
