import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation";
import pc from "picocolors";

/** What became of a stack's resources. */
export interface Counts {
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** Follows the engine: prints each step as it ends and each message as it comes. */
export interface Progress {
  readonly onEvent: (event: EngineEvent) => void;
  /** How many steps did, or in a preview would do, something. */
  steps(): number;
}

const VERBS: Readonly<Record<string, string>> = {
  create: pc.green("+ created "),
  "create-replacement": pc.green("+ replaced"),
  update: pc.yellow("~ changed "),
  delete: pc.red("- deleted "),
  "delete-replaced": pc.red("- old one deleted"),
};

/** In a refresh the engine's words mean what it found, not what it did. */
export function createProgress(write: (line: string) => void = writeLine): Progress {
  let steps = 0;
  const finished = (operation: string, type: string, urn: string): void => {
    const verb = VERBS[operation];
    if (verb === undefined || type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:")) return;
    steps += 1;
    write(`  ${verb} ${type.split(":").at(-1) ?? type} ${urn.split("::").slice(3).join("::")}`);
  };
  return {
    steps: () => steps,
    onEvent: ({ resourcePreEvent, resOutputsEvent, diagnosticEvent }) => {
      if (resourcePreEvent?.planning) finished(resourcePreEvent.metadata.op, resourcePreEvent.metadata.type, resourcePreEvent.metadata.urn);
      if (resOutputsEvent && !resOutputsEvent.planning) {
        finished(resOutputsEvent.metadata.op, resOutputsEvent.metadata.type, resOutputsEvent.metadata.urn);
      }
      if (diagnosticEvent && ["info", "info#err", "warning"].includes(diagnosticEvent.severity)) {
        write(`  ${pc.dim(plain(diagnosticEvent.message))}`);
      }
    },
  };
}

/** Counts by what happened to resources; the stack itself and replaced resources' old halves are not counted. */
export function summarize(changes: OpMap | undefined): Counts {
  const count = (...operations: (keyof OpMap)[]): number => operations.reduce((sum, operation) => sum + (changes?.[operation] ?? 0), 0);
  return { created: count("create"), changed: count("update", "replace"), deleted: count("delete"), unchanged: count("same") };
}

/** A message without the engine's colour tags and its line end. */
function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/gu, "").trimEnd();
}

function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
