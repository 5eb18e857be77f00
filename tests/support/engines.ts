import { delimiter } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { onPath } from "../../cli/engine.js";
import { commandHere } from "../../local/engine/index.js";

/** Something that runs stacks. */
export interface Engine {
  readonly name: "local engine" | "Pulumi CLI";
  command(): Promise<PulumiCommand>;
  /** The PATH of a machine on which this is the engine to be found. */
  path(): string;
}

const folders = (process.env["PATH"] ?? "").split(delimiter);
const hasPulumi = onPath("pulumi") !== undefined;

export const LOCAL: Engine = {
  name: "local engine",
  command: () => Promise.resolve(commandHere()),
  path: () => folders.filter((folder) => onPath("pulumi", folder) === undefined).join(delimiter),
};

const CLI: Engine = { name: "Pulumi CLI", command: () => PulumiCommand.get(), path: () => folders.join(delimiter) };

/** Describes something that must hold on every engine: the local one always, the Pulumi CLI where one is on PATH. */
export function onEachEngine(title: string, suite: (engine: Engine) => void): void {
  describe(`${title}, on the ${LOCAL.name}`, () => suite(LOCAL));
  describe(`${title}, on the ${CLI.name}`, () => {
    if (hasPulumi) suite(CLI);
    else it.skip("needs pulumi on PATH", () => undefined);
  });
}
