import { createHash } from "node:crypto";
import { join } from "node:path";
import { pulumiHome } from "../state/backend.js";
import { readIfThere, writeAtomically } from "../state/files.js";
import type { Project } from "./project.js";

interface Workspace {
  /** Where CLIs look that know one selection for all backends: 3.248, for one. */
  readonly stack?: string;
  readonly stacks?: Readonly<Record<string, string>>;
}

function workspaceFile(env: NodeJS.ProcessEnv, project: Project): string {
  const name = `${project.name}-${createHash("sha1").update(project.file).digest("hex")}-workspace.json`;
  return join(pulumiHome(env), "workspaces", name);
}

function load(file: string): Workspace {
  return JSON.parse(readIfThere(file) ?? "{}") as Workspace;
}

/** The stack that `stack select` chose for a project in a backend, by its full name. */
export function selectedStack(env: NodeJS.ProcessEnv, project: Project, backendUrl: string): string | undefined {
  const { stack, stacks } = load(workspaceFile(env, project));
  return env["PULUMI_STACK"] ?? stacks?.[backendUrl] ?? stack;
}

/** Chooses a stack, or none. */
export function selectStack(env: NodeJS.ProcessEnv, project: Project, backendUrl: string, stack?: string): void {
  const file = workspaceFile(env, project);
  const others = Object.entries(load(file).stacks ?? {}).filter(([url]) => url !== backendUrl);
  const stacks = Object.fromEntries(stack === undefined ? others : [...others, [backendUrl, stack]]);
  writeAtomically(file, JSON.stringify({ stack, stacks }, undefined, 4));
}
