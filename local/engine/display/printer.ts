import type { Properties } from "../values/properties.js";
import { isProviderType, isStack, nameOf } from "../values/urn.js";
import type { Paint } from "./color.js";
import { changedKeys, diffLines } from "./diff.js";
import type { Diagnostic, EngineEvent, StepMetadata, Summary } from "./events.js";
import { SUMMARY, WORDS } from "./words.js";

export interface PrinterOptions {
  /** "Updating", "Previewing update" … */
  readonly title: string;
  readonly stack: string;
  /** The stack's own resource, where messages that belong to none are shown. */
  readonly root: string;
  readonly isPreview: boolean;
  /** Shows the properties of every step. */
  readonly showsDiffs: boolean;
  readonly suppressesOutputs: boolean;
  readonly paint: Paint;
  readonly write: (text: string) => void;
}

const isDefaultProvider = (urn: string, type: string): boolean => isProviderType(type) && nameOf(urn) === "default";

/** Prints a run for people: a line for each step as it happens, then messages, outputs and a summary. */
export class Printer {
  readonly #started = new Map<string, number>();
  readonly #messages = new Map<string, string[]>();
  readonly #types = new Map<string, string>();
  readonly #failed = new Set<string>();
  readonly #shown = new Set<string>();
  #outputs: { old: Properties; fresh: Properties } | undefined;

  constructor(private readonly options: PrinterOptions) {
    const { title, stack } = options;
    this.#line(`${title} (${stack}):\n`);
  }

  /** Takes the next event. */
  take(event: EngineEvent): void {
    if (event.resourcePreEvent) this.#start(event.resourcePreEvent.metadata);
    if (event.resOutputsEvent) this.#done(event.resOutputsEvent.metadata);
    if (event.resOpFailedEvent) this.#fail(event.resOpFailedEvent.metadata);
    if (event.diagnosticEvent) this.#message(event.diagnosticEvent);
    if (event.summaryEvent) this.#close(event.summaryEvent);
  }

  #line(text: string): void {
    this.options.write(`${text}\n`);
  }

  #row(metadata: StepMetadata, status: string): void {
    const { op, type, urn } = metadata;
    const { sign, color } = WORDS[op];
    const extra = diffNote(metadata);
    const row = ` ${sign} ${type} ${nameOf(urn)} ${status}${extra === "" ? "" : ` [diff: ${extra}]`}`;
    this.#line(this.options.paint(color, row.trimEnd()));
  }

  #start(metadata: StepMetadata): void {
    const { urn, type, op } = metadata;
    this.#types.set(urn, type);
    this.#started.set(urn, Date.now());
    const isSilent = op === "same" || op === "refresh" || this.options.isPreview || isDefaultProvider(urn, type);
    if (!isSilent) this.#row(metadata, `${WORDS[op].doing} (0s)`);
  }

  #done(metadata: StepMetadata): void {
    const { urn, type, op, old, new: fresh } = metadata;
    if (isStack(type)) this.#outputs = { old: old?.outputs ?? {}, fresh: fresh?.outputs ?? {} };
    // A component is done twice: when it is registered, and when its outputs are known.
    if (op === "same" || isDefaultProvider(urn, type) || this.#shown.has(`${op} ${urn}`)) return;
    this.#shown.add(`${op} ${urn}`);
    const { plan, done } = WORDS[op];
    this.#row(metadata, this.options.isPreview ? plan : `${done} (${this.#seconds(urn)}s)`);
    if (this.options.showsDiffs) for (const line of propertiesOf(metadata)) this.#line(line);
  }

  #fail(metadata: StepMetadata): void {
    this.#failed.add(metadata.urn);
    this.#row(metadata, this.options.paint("red", `**${WORDS[metadata.op].doing || "planning"} failed**`));
  }

  #seconds(urn: string): string {
    return ((Date.now() - (this.#started.get(urn) ?? Date.now())) / 1000).toFixed(2);
  }

  #message({ urn = this.options.root, prefix = "", message, severity, ephemeral }: Diagnostic): void {
    if (severity === "debug") return;
    const text = `${prefix}${message.trimEnd()}`;
    if (ephemeral !== true) this.#messages.set(urn, [...(this.#messages.get(urn) ?? []), text]);
    if (severity === "error") this.#failed.add(urn);
    const type = this.#types.get(urn) ?? typeOf(urn);
    this.#line(`    ${type} ${nameOf(urn)} ${text.split("\n")[0] ?? ""}`);
  }

  #close({ resourceChanges, durationSeconds, isPreview }: Summary): void {
    this.#diagnostics();
    if (!this.options.suppressesOutputs) this.#stackOutputs();
    this.#resources(resourceChanges);
    if (!isPreview) this.#line(`\nDuration: ${durationSeconds}s`);
  }

  #diagnostics(): void {
    if (this.#messages.size === 0) return;
    this.#line("Diagnostics:");
    for (const [urn, messages] of this.#messages) {
      const type = this.#types.get(urn) ?? typeOf(urn);
      this.#line(`  ${type} (${nameOf(urn)}):`);
      for (const message of messages) this.#line(message.replaceAll(/^/gmu, "    "));
      this.#line("");
    }
  }

  #stackOutputs(): void {
    const { old, fresh } = this.#outputs ?? { old: {}, fresh: {} };
    const lines = diffLines(old, fresh, !this.options.isPreview, "  ");
    if (lines.length > 0) this.#line(`Outputs:\n${lines.join("\n")}\n`);
  }

  #resources(changes: Readonly<Record<string, number>>): void {
    this.#line("Resources:");
    const { isPreview, paint } = this.options;
    let changed = 0;
    let kinds = 0;
    for (const [op, sign, plan, done] of SUMMARY) {
      const count = changes[op] ?? 0;
      if (count === 0) continue;
      changed += count;
      kinds++;
      this.#line(`    ${paint(WORDS[op].color, `${sign.padEnd(2)}${count} ${isPreview ? plan : done}`)}`);
    }
    const total = kinds > 1 ? [`${changed} changes.`] : [];
    const same = changes["same"] ? [`${changes["same"]} unchanged`] : [];
    if (total.length + same.length > 0) this.#line(`    ${[...total, ...same].join(" ")}`);
    if (this.#failed.size > 0) this.#line(paint("red", `    ${this.#failed.size} errored`));
  }
}

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

function diffNote({ op, old, new: fresh }: StepMetadata): string {
  const isCompared = op === "update" || op === "replace" || op === "create-replacement";
  return isCompared && old && fresh ? changedKeys(old.inputs, fresh.inputs) : "";
}

function propertiesOf({ op, old, new: fresh }: StepMetadata): string[] {
  const before = op.startsWith("create") || old === null ? {} : old.inputs;
  return diffLines(before, fresh?.inputs ?? {}, false, "      ");
}
