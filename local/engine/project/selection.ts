import { createHash } from "node:crypto";
import { join } from "node:path";
import { pulumiHome } from "../state/backend.js";
import { readIfThere, writeAtomically } from "../state/files.js";
import type { Project } from "./project.js";

interface Workspace {
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
  return env["PULUMI_STACK"] ?? load(workspaceFile(env, project)).stacks?.[backendUrl];
}

/** Chooses a stack, or none. */
export function selectStack(env: NodeJS.ProcessEnv, project: Project, backendUrl: string, stack?: string): void {
  const file = workspaceFile(env, project);
  const others = Object.entries(load(file).stacks ?? {}).filter(([url]) => url !== backendUrl);
  const stacks = Object.fromEntries(stack === undefined ? others : [...others, [backendUrl, stack]]);
  writeAtomically(file, JSON.stringify({ stacks }, undefined, 4));
}
