import { readFileSync } from "node:fs";
import type { EngineEvent, StepMetadata } from "../engine/display/events.js";

/** What one command did. */
export interface TestRun {
  /**
   * `<step> <Type> <name>` of everything that changed or, in a preview, would: `create Item returns`, in alphabetical
   * order. A replacement is one step. Without the stack itself and its default providers.
   */
  readonly steps: readonly string[];
  /** How many resources each kind of step counted: `{ create: 2, same: 1 }`. */
  readonly changes: Readonly<Record<string, number>>;
  /** Warnings and errors, in the order they came. */
  readonly messages: readonly string[];
  /** Everything that was printed. */
  readonly printed: string;
  /** The stack's outputs after the command; secrets are readable. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A command failed. */
export class TestRunFailed extends Error {
  override readonly name = "TestRunFailed";

  /** @param run - what was done nevertheless. */
  constructor(
    command: string,
    readonly run: TestRun,
  ) {
    super(`${command} failed:\n${run.messages.length > 0 ? run.messages.join("\n") : run.printed}`);
  }
}

const isPlumbing = ({ type, urn }: StepMetadata): boolean =>
  type === "pulumi:pulumi:Stack" || (type.startsWith("pulumi:providers:") && urn.endsWith("::default"));

/** A replacement is three steps; the one in the middle counts. Readings count where they found something. */
const counts = ({ op }: StepMetadata): boolean => !/^(same|refresh|.*-replacement|.*-replaced)$/u.test(op);

const shown = ({ op, type, urn }: StepMetadata): string =>
  `${op} ${type.split(":").at(-1) ?? type} ${urn.split("::").slice(3).join("::")}`;

/** Reads what the engine logged of a command. */
export function readEvents(log: string): Pick<TestRun, "steps" | "changes" | "messages"> {
  const lines = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const events = lines.map((line) => JSON.parse(line) as EngineEvent);
  const begun = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
  const read = new Set(begun.flatMap(({ op, urn }) => (op === "refresh" ? [urn] : [])));
  const found = events
    .flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? [])
    .filter(({ urn }) => read.has(urn));
  return {
    steps: [...new Set([...begun, ...found].filter((step) => counts(step) && !isPlumbing(step)).map(shown))].sort(),
    changes: events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges ?? {},
    messages: events.flatMap(({ diagnosticEvent }) => {
      const { severity, message } = diagnosticEvent ?? {};
      return severity === "warning" || severity === "error" ? [`${severity}: ${message?.trim() ?? ""}`] : [];
    }),
  };
}
