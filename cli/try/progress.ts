import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation";
import { cleanLines } from "../../provider/text/clean.js";
import { withoutTags } from "../event-text.js";
import { nameOf } from "../seen.js";
import { pc } from "./color.js";

/** What became of a stack's resources, the stack itself and its providers left out. */
export interface Counts {
  created: number;
  changed: number;
  deleted: number;
  unchanged: number;
}

/** Follows the engine: prints each step as it ends and each message as it comes. */
export interface Progress {
  readonly onEvent: (event: EngineEvent) => void;
  readonly counts: Readonly<Counts>;
  /** What went wrong, as the engine and the program said it. */
  readonly errors: () => readonly string[];
}

interface Verb {
  readonly text: string;
  readonly counts?: keyof Counts;
}

const VERBS: Partial<Record<OpType, Verb>> = {
  same: { text: "", counts: "unchanged" },
  create: { text: pc.green("+ created "), counts: "created" },
  update: { text: pc.yellow("~ changed "), counts: "changed" },
  "create-replacement": { text: pc.yellow("± replaced"), counts: "changed" },
  delete: { text: pc.red("- deleted "), counts: "deleted" },
};

/** Follows one operation. */
export function createProgress(write: (line: string) => void = writeLine): Progress {
  const counts = { created: 0, changed: 0, deleted: 0, unchanged: 0 };
  const errors = new Set<string>();
  const finished = ({ op, type, urn }: StepEventMetadata): void => {
    const verb = VERBS[op];
    if (verb === undefined || type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:")) return;
    if (verb.counts) counts[verb.counts] += 1;
    if (verb.text !== "") write(`  ${verb.text} ${type.split(":").at(-1) ?? type} ${nameOf(urn)}`);
  };
  return {
    counts,
    errors: () => [...errors],
    onEvent: ({ resourcePreEvent, resOutputsEvent, diagnosticEvent }) => {
      if (resourcePreEvent?.planning) finished(resourcePreEvent.metadata);
      if (resOutputsEvent && !resOutputsEvent.planning) finished(resOutputsEvent.metadata);
      if (!diagnosticEvent) return;
      const message = cleanLines(withoutTags(diagnosticEvent.message)).trimEnd();
      if (diagnosticEvent.severity === "error") errors.add(named(diagnosticEvent.urn, message));
      else if (
        ["info", "info#err", "warning"].includes(diagnosticEvent.severity) &&
        message !== "" &&
        !diagnosticEvent.ephemeral
      ) {
        write(pc.dim(message.replaceAll(/^/gmu, "  ")));
      }
    },
  };
}

/** An error with the resource it belongs to, where it belongs to one. */
function named(urn: string | undefined, message: string): string {
  return urn === undefined || urn === "" || urn.includes("::pulumi:pulumi:Stack::")
    ? message
    : `${nameOf(urn)}: ${message}`;
}

function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
