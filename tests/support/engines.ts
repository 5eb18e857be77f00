import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { engineRoot } from "../../local/engine/index.js";

/** Something that runs stacks. */
export interface Engine {
  readonly name: string;
  command(): Promise<PulumiCommand>;
}

export const LOCAL_ENGINE: Engine = { name: "local engine", command: () => PulumiCommand.get({ root: engineRoot() }) };
const CLI: Engine = { name: "Pulumi CLI", command: () => PulumiCommand.get() };

/** The Pulumi CLI that a user would run, if there is one. */
export function pulumiOnPath(): string | undefined {
  return (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "pulumi")).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Describes something that must hold on every engine: the local one always, the Pulumi CLI where one is on PATH. */
export function onEachEngine(title: string, suite: (engine: Engine) => void): void {
  describe(`${title}, on the local engine`, () => suite(LOCAL_ENGINE));
  describe(`${title}, on the Pulumi CLI`, () => {
    if (pulumiOnPath() !== undefined) suite(CLI);
    else it.skip("needs pulumi on PATH", () => undefined);
  });
}
