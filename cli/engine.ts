import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";

/** What runs stacks. */
export interface Engine {
  readonly label: string;
  readonly command: PulumiCommand;
}

/** The Pulumi CLI where there is one on PATH, else the local engine. */
export async function findEngine(): Promise<Engine> {
  const cli = onPath("pulumi");
  if (cli !== undefined) {
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    const command = await PulumiCommand.get();
    return { label: `Pulumi CLI ${command.version?.version ?? ""} (${cli})`, command };
  }
  const { commandHere } = await import("../local/engine/index.js");
  return { label: "local engine, since no pulumi is on PATH", command: commandHere() };
}

/** The file of a program on PATH, or on the path that is given; undefined where there is none. */
export function onPath(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  return path
    .split(delimiter)
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
