import type { Message } from "../monitor/engine.js";
import type { Op, Step } from "../plan/step.js";
import type { DeploymentObserver } from "../run/deployment.js";
import type { Outcome } from "../run/perform.js";
import type { Masking } from "../secrets/masking.js";
import { equal } from "../values/properties.js";
import { CHANGES } from "./words.js";
import { type Diagnostic, type EngineEvent, isInternal, metadataOf, type Summary } from "./events.js";

/** Turns what happens in a run into engine events, secrets masked, and counts it. */
export class Reporter implements DeploymentObserver {
  readonly #changes = new Map<Op, number>();
  readonly #started = Date.now();
  #steps = 0;

  constructor(
    /** Takes events; not all are for people to read. */
    private readonly emit: (event: EngineEvent, isTold: boolean) => void,
    private readonly masking: Masking,
    private readonly isPreview: boolean,
    /** Whether readings count as steps; in an update they only come before the steps. */
    private readonly countsReadings = false,
  ) {}

  /** How many steps of each kind were counted. */
  get changes(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#changes].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Whether anything was changed. */
  get changed(): boolean {
    return CHANGES.some((op) => this.#changes.has(op));
  }

  start(config: Readonly<Record<string, string>>): void {
    this.emit({ preludeEvent: { config } }, true);
  }

  onStart(step: Step): void {
    this.emit({ resourcePreEvent: this.#about(step) }, !step.silent);
  }

  onEnd(step: Step, outcome: Outcome): void {
    if (!isInternal(step)) this.#count(step, outcome);
    // What a component has at this point are the outputs of an earlier run.
    const isCustom = step.new?.custom ?? step.old?.custom ?? false;
    if (this.isPreview || isCustom || step.op === "delete" || step.op === "refresh")
      this.onOutputs(this.#read(step, outcome));
  }

  onOutputs(step: Step): void {
    this.emit({ resOutputsEvent: this.#about(step) }, !step.silent);
  }

  onFailure(step: Step, message: string): void {
    this.report(isInternal(step) ? "" : step.urn, "error", this.isPreview ? `Preview failed: ${message}` : message);
    if (!this.isPreview) this.emit({ resOpFailedEvent: { ...this.#about(step), status: 0, steps: this.#steps } }, true);
  }

  report(urn: string, severity: "warning" | "error", message: string): void {
    this.#diagnose({ ...(urn !== "" && { urn }), prefix: `${severity}: `, message: `${message}\n`, severity });
  }

  /** A message that the program or a provider sent. */
  show({ severity, text, urn, ephemeral }: Message): void {
    const prefix = severity === "info" ? {} : { prefix: `${severity}: ` };
    const about = urn === "" ? {} : { urn };
    this.#diagnose({ ...about, ...prefix, message: `${text}\n`, severity, ...(ephemeral && { ephemeral }) });
  }

  /** A line that the program or a provider printed. */
  print(line: string, isError: boolean): void {
    this.#diagnose({ message: `${line}\n`, severity: isError ? "info#err" : "info" });
  }

  finish(result: Summary["result"]): void {
    const durationSeconds = Math.ceil((Date.now() - this.#started) / 1000);
    const { changes: resourceChanges, isPreview } = this;
    const summary = {
      maybeCorrupt: false,
      durationSeconds,
      resourceChanges,
      PolicyPacks: {},
      isPreview,
      result,
    } as const;
    this.emit({ summaryEvent: summary }, true);
    this.emit({ cancelEvent: {} }, true);
  }

  #about(step: Step): { metadata: ReturnType<typeof metadataOf>; planning?: true } {
    return { metadata: metadataOf(step), ...(this.isPreview && { planning: true }) };
  }

  #diagnose(diagnostic: Omit<Diagnostic, "color">): void {
    const message = this.masking.mask(diagnostic.message);
    this.emit({ diagnosticEvent: { ...diagnostic, message, color: "never" } }, true);
  }

  /**
   * What a refresh found stands for what it did; before an update it stays a reading. One that found nothing has no new
   * side.
   */
  #read(step: Step, { found }: Outcome): Step {
    if (found === undefined) return step;
    const { new: fresh, ...rest } = step;
    return { ...rest, op: this.countsReadings ? found : "refresh", ...(fresh && found !== "delete" && { new: fresh }) };
  }

  #count(step: Step, { found }: Outcome): void {
    const op = found ?? step.op;
    const isReading = found !== undefined && this.countsReadings && !step.silent;
    const isCounted = step.op === "read" ? readChanged(step) : step.logical || isReading;
    if (!isCounted) return;
    this.#steps++;
    this.#changes.set(op, (this.#changes.get(op) ?? 0) + 1);
  }
}

/** Reading what is as it was is no change, and reading it for the first time is not one either. */
const readChanged = ({ old, new: fresh }: Step): boolean =>
  old !== undefined && fresh !== undefined && !equal(old.outputs, fresh.outputs);
