import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { commandHere } from "../local/engine/index.js";

/** What runs stacks. */
export interface Engine {
  readonly label: string;
  readonly command: PulumiCommand;
}

/** The Pulumi CLI where there is one on PATH, else the local engine. */
export async function findEngine(): Promise<Engine> {
  const cli = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "pulumi"))
    .find(isExecutable);
  if (cli !== undefined) {
    const command = await PulumiCommand.get();
    return { label: `Pulumi CLI ${command.version?.version ?? ""} (${cli})`, command };
  }
  return { label: "local engine, since no pulumi is on PATH", command: commandHere() };
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
