import { delimiter } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { onPath } from "../../cli/engine.js";
import { commandHere } from "../../local/engine/index.js";

/** Something that runs stacks. */
export interface Engine {
  readonly name: "local engine" | "Pulumi CLI";
  /** Whether the plugin serves the resources of a stack; otherwise they are dynamic ones. */
  readonly isNative: boolean;
  command(): Promise<PulumiCommand>;
  /** The PATH of a machine on which this is the engine to be found. */
  path(): string;
}

const folders = (process.env["PATH"] ?? "").split(delimiter);
const hasPulumi = onPath("pulumi") !== undefined;

export const LOCAL: Engine = {
  name: "local engine",
  isNative: false,
  command: () => Promise.resolve(commandHere()),
  path: () => folders.filter((folder) => onPath("pulumi", folder) === undefined).join(delimiter),
};

const CLI: Engine = {
  name: "Pulumi CLI",
  isNative: false,
  command: () => PulumiCommand.get(),
  path: () => folders.join(delimiter),
};

/** Whether every suite runs with the plugin alone, in place of dynamic resources. */
const isAllNative = process.env["E2E_NATIVE"] === "1";

/** Describes something that must hold on every engine: the local one always, the Pulumi CLI where one is on PATH. */
export function onEachEngine(title: string, suite: (engine: Engine) => void): void {
  if (isAllNative) onEachEngineNatively(title, suite);
  else for (const engine of [LOCAL, CLI]) onEngine(title, suite, engine);
}

/** The same, and of the plugin as well. */
export function onEachEngineAndPlugin(title: string, suite: (engine: Engine) => void): void {
  if (!isAllNative) onEachEngine(title, suite);
  onEachEngineNatively(title, suite);
}

function onEachEngineNatively(title: string, suite: (engine: Engine) => void): void {
  for (const engine of [LOCAL, CLI]) onEngine(`${title}, with the plugin`, suite, { ...engine, isNative: true });
}

function onEngine(title: string, suite: (engine: Engine) => void, engine: Engine): void {
  describe(`${title}, on the ${engine.name}`, () => {
    if (engine.name === LOCAL.name || hasPulumi) suite(engine);
    else it.skip("needs pulumi on PATH", () => undefined);
  });
}
