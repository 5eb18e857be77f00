import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import type { Engine } from "./engine.js";

/** Which stack a command is about. */
export interface StackChoice {
  readonly cwd: string;
  /** Default: PULUMI_STACK, else the one that is selected in the folder. */
  readonly stack?: string;
}

/**
 * Opens a stack without selecting it: whoever looks at another stack must not find the next `pulumi up` going there.
 *
 * @throws Error where the folder is no project, or no stack is named or selected.
 */
export async function openStack({ command }: Engine, { cwd, stack }: StackChoice): Promise<Stack> {
  const workDir = resolve(cwd);
  if (!["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].some((name) => existsSync(resolve(workDir, name)))) {
    throw new Error(`There is no Pulumi.yaml in ${workDir}. Run this in a stack's folder, or name it with --cwd.`);
  }
  const automation = await import("@pulumi/pulumi/automation/index.js");
  const workspace = await automation.LocalWorkspace.create({ workDir, pulumiCommand: command });
  const name = stack ?? process.env["PULUMI_STACK"] ?? (await workspace.stack())?.name;
  if (name === undefined || name === "")
    throw new Error('No stack is selected here. Name one with --stack, or select one with "pulumi stack select".');
  workspace.selectStack = () => Promise.resolve();
  return automation.Stack.select(name, workspace);
}
