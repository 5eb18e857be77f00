import type { Properties } from "../values/properties.js";
import { equal, UNKNOWN } from "../values/properties.js";
import { isProviderType, isStack, nameOf } from "../values/urn.js";
import { diffLines } from "./diff.js";
import type { Diagnostic, EngineEvent, StepMetadata, Summary } from "./events.js";
import { Row } from "./row.js";
import type { View, ViewOptions } from "./views.js";
import { SUMMARY, WORDS } from "./words.js";

export interface PrinterOptions extends ViewOptions {
  /** "Updating", "Previewing update" … */
  readonly title: string;
  readonly stack: string;
  /** The stack's own resource, where messages that belong to none are shown. */
  readonly root: string;
}

/** What the stack is called, is and makes: in a preview without what is not known yet. */
interface Outputs {
  readonly old: Properties;
  readonly fresh: Properties;
}

/** Prints a run for people: the steps as they happen, then messages by resource, the stack's outputs and a summary. */
export class Printer {
  readonly #rows = new Map<string, Row>();
  readonly #messages = new Map<string, string[]>();
  readonly #failed = new Set<string>();
  #outputs: Outputs | undefined;

  constructor(
    private readonly options: PrinterOptions,
    private readonly view: View,
  ) {
    this.#line(`${options.title} (${options.stack}):${view.tellsAll ? "" : "\n"}`);
  }

  /** Takes the next event. */
  take(event: EngineEvent): void {
    if (event.resourcePreEvent) this.#enter("begun", event.resourcePreEvent.metadata);
    if (event.resOutputsEvent) this.#done(event.resOutputsEvent.metadata);
    if (event.resOpFailedEvent) this.#fail(event.resOpFailedEvent.metadata);
    if (event.diagnosticEvent) this.#message(event.diagnosticEvent);
    if (event.summaryEvent) this.#close(event.summaryEvent);
  }

  #line(text: string): void {
    this.options.write(`${text}\n`);
  }

  #enter(moment: "begun" | "done" | "failed", step: StepMetadata): void {
    const known = this.#rows.get(step.urn);
    const row = known ?? new Row(step, this.options);
    // A component is done twice: when it is registered, and when its outputs are known.
    const isRepeated = moment === "done" && row.isDone && row.step.op === step.op;
    const isReading = moment === "done" && known?.step.op === "refresh";
    row.enter(moment, step);
    this.#rows.set(step.urn, row);
    if (isSilent(step) && !isReading) this.view.skipped?.(step.urn);
    else if (!isRepeated) this.view.changed(row, moment);
  }

  #done(step: StepMetadata): void {
    // Of a stack that is only read, what is shown in detail has shown the outputs with it.
    const isTold = this.view.tellsAll && this.#rows.get(step.urn)?.step.op === "refresh";
    if (isStack(step.type)) this.#outputs = isTold ? undefined : outputsOf(step);
    this.#enter("done", step);
  }

  #fail(step: StepMetadata): void {
    this.#failed.add(step.urn);
    this.#enter("failed", step);
  }

  #message({ urn = this.options.root, prefix = "", message, severity, ephemeral }: Diagnostic): void {
    if (severity === "debug") return;
    const text = `${prefix}${message.trimEnd()}`;
    if (ephemeral !== true) this.#messages.set(urn, [...(this.#messages.get(urn) ?? []), text]);
    if (severity === "error") this.#failed.add(urn);
    const row = this.#rows.get(urn) ?? new Row(unplanned(urn), this.options);
    this.#rows.set(urn, row);
    row.say(text, severity === "error");
    this.view.changed(row, "said");
  }

  #close({ resourceChanges, durationSeconds, isPreview }: Summary): void {
    this.view.close();
    if (!this.view.tellsAll) this.#diagnostics();
    if (!this.options.suppressesOutputs) this.#stackOutputs();
    this.#resources(resourceChanges);
    if (!isPreview) this.#line(`\nDuration: ${durationSeconds}s`);
    if (!this.view.tellsAll) this.#line("");
  }

  #diagnostics(): void {
    if (this.#messages.size === 0) return;
    this.#line("Diagnostics:");
    for (const [urn, messages] of this.#messages) {
      this.#line(`  ${unplanned(urn).type} (${nameOf(urn)}):`);
      for (const message of messages) this.#line(message.replaceAll(/^/gmu, "    "));
      this.#line("");
    }
  }

  #stackOutputs(): void {
    const { isPreview } = this.options;
    const { old, fresh } = this.#outputs ?? { old: {}, fresh: {} };
    const known = isPreview ? withoutUnknown(fresh, old) : fresh;
    const lines = diffLines(old, known, { isShown: (key) => !isPreview || old === fresh || !equal(old[key], known[key]), indent: "  " });
    if (lines.length === 0) return;
    this.#line(this.view.tellsAll ? `    --outputs:--\n${lines.join("\n")}` : `Outputs:\n${lines.join("\n")}\n`);
  }

  #resources(changes: Readonly<Record<string, number>>): void {
    this.#line("Resources:");
    const { isPreview, paint } = this.options;
    const counted = SUMMARY.flatMap((words) => ((changes[words[0]] ?? 0) > 0 ? [{ words, count: changes[words[0]] ?? 0 }] : []));
    for (const { words: [op, sign, plan, done], count } of counted)
      this.#line(`    ${paint(WORDS[op].color, `${sign.padEnd(2)}${count} ${isPreview ? plan : done}`)}`);
    const total = counted.length > 1 ? [`${counted.reduce((sum, { count }) => sum + count, 0)} changes.`] : [];
    const same = changes["same"] ? [`${changes["same"]} unchanged`] : [];
    if (total.length + same.length > 0) this.#line(`    ${[...total, ...same].join(" ")}`);
    if (this.#failed.size > 0) this.#line(paint("red", `    ${this.#failed.size} errored`));
  }
}

/** What nobody asked for, and what is as it was, is not shown; but the stack is what all the others stand under. */
const isSilent = ({ op, type, urn }: StepMetadata): boolean =>
  (op === "same" && !isStack(type)) || (isProviderType(type) && nameOf(urn) === "default");

/** Of a new stack all outputs are new: they are listed like those that stay. Of one that goes they are not shown. */
function outputsOf({ op, old, new: fresh }: StepMetadata): Outputs {
  const outputs = fresh?.outputs ?? {};
  if (op.startsWith("delete")) return { old: {}, fresh: {} };
  return { old: op === "create" ? outputs : (old?.outputs ?? {}), fresh: outputs };
}

/** An output that is not known yet may well stay what it is. */
const withoutUnknown = (fresh: Properties, old: Properties): Properties =>
  Object.fromEntries(Object.entries(fresh).map(([key, value]) => [key, value === UNKNOWN ? (old[key] ?? value) : value]));

/** The step of a resource of which nothing is known but that something was said of it. */
const unplanned = (urn: string): StepMetadata => ({
  op: "same", urn, type: urn.split("::")[2]?.split("$").at(-1) ?? "", old: null, new: null, detailedDiff: null, provider: "",
});
