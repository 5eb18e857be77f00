import { equal, type Properties, UNKNOWN } from "../values/properties.js";
import { isStack, nameOf } from "../values/urn.js";
import { outputLines } from "./diff.js";
import type { Diagnostic, EngineEvent, StepMetadata, Summary } from "./events.js";
import { Row } from "./row.js";
import { CHANGES, WORDS } from "./words.js";

export interface PrinterOptions {
  /** "Updating", "Previewing update" … */
  readonly title: string;
  readonly stack: string;
  /** The stack's own resource, where messages that belong to none are shown. */
  readonly root: string;
  readonly isPreview: boolean;
  readonly suppressesOutputs: boolean;
  readonly write: (text: string) => void;
  /** Milliseconds since whenever. */
  readonly now: () => number;
}

/** Prints a run for people: a line for each thing that happens, then messages, the stack's outputs and a summary. */
export class Printer {
  readonly #rows = new Map<string, Row>();
  #outputs: { readonly old: Properties; readonly fresh: Properties } = { old: {}, fresh: {} };

  constructor(private readonly options: PrinterOptions) {
    this.#line(`${options.title} (${options.stack}):\n`);
  }

  /** Takes the next event. */
  take(event: EngineEvent): void {
    if (event.resourcePreEvent) this.#enter("begun", event.resourcePreEvent.metadata);
    if (event.resOutputsEvent) this.#enter("done", event.resOutputsEvent.metadata);
    if (event.resOpFailedEvent) this.#enter("failed", event.resOpFailedEvent.metadata);
    if (event.diagnosticEvent) this.#message(event.diagnosticEvent);
    if (event.summaryEvent) this.#close(event.summaryEvent);
  }

  #line(text: string): void {
    this.options.write(`${text}\n`);
  }

  #rowOf(step: StepMetadata): Row {
    const row = this.#rows.get(step.urn) ?? new Row(step, this.options.isPreview, this.options.now);
    this.#rows.set(step.urn, row);
    return row;
  }

  #enter(moment: "begun" | "done" | "failed", step: StepMetadata): void {
    // Those of a program that fails are not known: they are shown as gone.
    const isKnown = moment === "done" || (step.op !== "refresh" && !this.options.isPreview);
    if (isStack(step.type) && isKnown) this.#outputs = outputsOf(step);
    const row = this.#rowOf(step);
    if (row.enter(moment, step)) this.#line(row.line());
  }

  #message(diagnostic: Diagnostic): void {
    const { urn = this.options.root, prefix = "", message, severity } = diagnostic;
    if (severity === "debug") return;
    const row = this.#rowOf(unplanned(urn));
    row.say(diagnostic, `${prefix}${message.trimEnd()}`);
    this.#line(row.line());
  }

  #close({ resourceChanges, durationSeconds, isPreview }: Summary): void {
    const rows = [...this.#rows.values()];
    for (const row of rows) if (row.close()) this.#line(row.line(true));
    const said = rows.filter(({ messages }) => messages.length > 0);
    if (said.length > 0) this.#line("Diagnostics:");
    for (const { step, messages } of said) {
      this.#line(`  ${step.type} (${nameOf(step.urn)}):`);
      for (const message of messages) this.#line(message.replaceAll(/^/gmu, "    "));
      this.#line("");
    }
    if (!this.options.suppressesOutputs) this.#stackOutputs();
    this.#resources(resourceChanges, rows.filter((row) => row.hasFailed).length);
    if (!isPreview) this.#line(`\nDuration: ${durationSeconds}s`);
    this.#line("");
  }

  #stackOutputs(): void {
    const { isPreview } = this.options;
    const { old, fresh } = this.#outputs;
    const known = isPreview ? withoutUnknown(fresh, old) : fresh;
    const lines = outputLines(old, known, (key) => !isPreview || old === fresh || !equal(old[key], known[key]));
    if (lines.length > 0) this.#line(`Outputs:\n${lines.join("\n")}\n`);
  }

  #resources(changes: Readonly<Record<string, number>>, failed: number): void {
    this.#line("Resources:");
    const counted = CHANGES.flatMap((op) => ((changes[op] ?? 0) > 0 ? [{ op, count: changes[op] ?? 0 }] : []));
    for (const { op, count } of counted) {
      const [sign, plan, , done] = WORDS[op];
      this.#line(`    ${sign}${count} ${this.options.isPreview ? `to ${plan}` : done}`);
    }
    const total = counted.length > 1 ? [`${counted.reduce((sum, { count }) => sum + count, 0)} changes.`] : [];
    const same = changes["same"] ? [`${changes["same"]} unchanged`] : [];
    if (total.length + same.length > 0) this.#line(`    ${[...total, ...same].join(" ")}`);
    if (failed > 0) this.#line(`    ${failed} errored`);
  }
}

/** Of a new stack all outputs are new: they are listed like those that stay. Of one that goes they are not shown. */
function outputsOf({ op, old, new: fresh }: StepMetadata): { old: Properties; fresh: Properties } {
  const outputs = fresh?.outputs ?? {};
  if (op.startsWith("delete")) return { old: {}, fresh: {} };
  return { old: op === "create" ? outputs : (old?.outputs ?? {}), fresh: outputs };
}

/** An output that is not known yet may well stay what it is. */
const withoutUnknown = (fresh: Properties, old: Properties): Properties =>
  Object.fromEntries(
    Object.entries(fresh).map(([key, value]) => [key, value === UNKNOWN ? (old[key] ?? value) : value]),
  );

/** The step of a resource of which nothing is known but that something was said of it. */
const unplanned = (urn: string): StepMetadata => ({
  op: "same",
  urn,
  type: urn.split("::")[2]?.split("$").at(-1) ?? "",
  old: null,
  new: null,
  detailedDiff: null,
  provider: "",
});
