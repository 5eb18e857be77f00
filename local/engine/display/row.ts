import { nameOf } from "../values/urn.js";
import type { Paint } from "./color.js";
import { changedKeys } from "./diff.js";
import type { StepMetadata } from "./events.js";
import { WORDS } from "./words.js";

/** How rows are shown. */
export interface RowOptions {
  readonly isPreview: boolean;
  readonly paint: Paint;
  /** Milliseconds since whenever. */
  readonly now: () => number;
}

/** What can happen to a row. */
export type Moment = "begun" | "done" | "failed" | "said";

/** One resource as people read of it: the step it is in, how that went, and what was said last. */
export class Row {
  #moment: Exclude<Moment, "said"> = "begun";
  #begun = 0;
  #ended = 0;
  #diff = "";
  #errors = 0;
  /** What was said last. */
  said = "";

  constructor(
    public step: StepMetadata,
    private readonly options: RowOptions,
  ) {
    this.enter("begun", step);
  }

  enter(moment: Exclude<Moment, "said">, step: StepMetadata): void {
    this.step = step;
    this.#moment = moment;
    const { op, old, new: fresh } = step;
    if (moment === "begun") this.#begun = this.options.now();
    else this.#ended = this.options.now();
    if (old && fresh && op !== "same" && (op !== "refresh" || moment === "done")) this.#diff = changedKeys(old.inputs, fresh.inputs);
  }

  get isDone(): boolean {
    return this.#moment === "done";
  }

  /** Takes what is said of it. */
  say(text: string, isError: boolean): void {
    this.said = text;
    if (isError) this.#errors++;
  }

  /** The first line of what was said last; of a step that failed the number of errors. */
  get info(): string {
    if (this.#moment === "failed" && this.#errors > 0) return `${this.#errors} error${this.#errors === 1 ? "" : "s"}`;
    return this.said.split("\n")[0] ?? "";
  }

  /** How it goes and what was said last, in a line. */
  get words(): string {
    return this.info === "" ? this.status : `${this.status}${this.#diff === "" ? " " : "; "}${this.info}`;
  }

  get name(): string {
    return nameOf(this.step.urn);
  }

  /** `creating (2s)`, `created (0.31s)`, `create`, `**creating failed**`, and which inputs change. */
  get status(): string {
    const { plan, doing } = WORDS[this.step.op];
    const diff = this.#diff === "" ? "" : ` [diff: ${this.#diff}]`;
    if (this.#moment === "failed") return this.options.paint("red", `**${doing || "planning"} failed**`) + diff;
    // What is read is also read in a preview.
    const isReading = this.step.op === "refresh" && this.#moment === "begun";
    const planned = isReading ? doing : plan;
    return (this.options.isPreview || doing === "" ? planned : this.#timed()) + diff;
  }

  #timed(): string {
    const { doing, done } = WORDS[this.step.op];
    if (this.#moment === "done") return `${done} (${((this.#ended - this.#begun) / 1000).toFixed(2)}s)`;
    return `${doing} (${Math.floor((this.options.now() - this.#begun) / 1000)}s)`;
  }
}
