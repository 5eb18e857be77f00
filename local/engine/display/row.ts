import { isProviderType, isStack, nameOf } from "../values/urn.js";
import { changedKeys } from "./diff.js";
import type { Diagnostic, StepMetadata } from "./events.js";
import { WORDS } from "./words.js";

type Moment = "begun" | "done" | "failed";

/** How bad messages are: of a resource's, the last of the worst is shown beside it. */
const RANKS: Readonly<Record<Diagnostic["severity"], number>> = {
  debug: 0,
  info: 1,
  "info#err": 1,
  warning: 2,
  error: 3,
};
const COUNTED = ["message", "message", "warning", "error"] as const;

/** One resource as people read of it: the step it is in, how that went, and what was said of it. */
export class Row {
  /** What was said of it, but for passing statuses. */
  readonly messages: string[] = [];
  readonly #ranks: number[] = [];
  #said = { rank: 0, text: "" };
  #moment: Moment | "closed" | undefined;
  #begun: number;
  #seconds = 0;
  #diff = "";
  #isReading = false;

  constructor(
    public step: StepMetadata,
    private readonly isPreview: boolean,
    /** Milliseconds since whenever. */
    private readonly now: () => number,
  ) {
    this.#begun = now();
  }

  /** @returns whether that is told: what goes on in a preview is not, nor what stays as it is unless it was read. */
  enter(moment: Moment, step: StepMetadata): boolean {
    const isRepeated = moment === "done" && this.#moment === "done" && this.step.op === step.op;
    const { op, old, new: fresh } = step;
    if (moment === "begun") this.#begin(op === "refresh");
    else this.#seconds = (this.now() - this.#begun) / 1000;
    this.step = step;
    this.#moment = moment;
    if (old && fresh && op !== "same") this.#diff = changedKeys(old.inputs, fresh.inputs);
    if (this.isInternal || isRepeated) return false;
    if (moment === "failed" || this.#isReading) return true;
    if (this.isPreview) return moment === "done" && op !== "same" && !isStack(step.type);
    // What a component made is known when the program says so, and what the stack made in the end.
    return op !== "same" && (moment === "begun" || (fresh ?? old)?.custom === true);
  }

  #begin(isReading: boolean): void {
    this.#begun = this.now();
    this.#isReading = isReading;
  }

  /** The default provider: nobody asked for it. */
  get isInternal(): boolean {
    return isProviderType(this.step.type) && nameOf(this.step.urn) === "default";
  }

  /** Takes what is said of it. */
  say({ severity, ephemeral }: Diagnostic, text: string): void {
    const rank = RANKS[severity];
    if (rank >= this.#said.rank) this.#said = { rank, text };
    if (ephemeral) return;
    this.messages.push(text);
    this.#ranks.push(rank);
  }

  get hasFailed(): boolean {
    return this.#moment === "failed" || this.#ranks.includes(RANKS.error);
  }

  /** Ends the run. @returns whether something is left to tell: of the stack, and of what was never begun. */
  close(): boolean {
    const isLeft = this.#moment === undefined || isStack(this.step.type);
    if (isLeft) this.#moment = this.hasFailed ? "failed" : "closed";
    return isLeft && !this.isInternal;
  }

  /**
   * ` ~ my:index:Thing name updating (2s) [diff: ~value]; what was said`.
   *
   * @param isOver - whether to count instead.
   */
  line(isOver = false): string {
    const info = isOver ? this.#counts : (this.#said.text.split("\n")[0] ?? "");
    const words = info === "" ? this.#status : `${this.#status}${this.#diff === "" ? " " : "; "}${info}`;
    return ` ${WORDS[this.step.op][0]} ${this.step.type} ${nameOf(this.step.urn)} ${words}`.trimEnd();
  }

  get #counts(): string {
    const counts = COUNTED.map((_, rank) => this.#ranks.filter((one) => one === rank).length);
    const count = (rank: number): string[] => {
      const found = counts[rank] ?? 0;
      return found === 0 ? [] : [`${found} ${COUNTED[rank] ?? ""}${found === 1 ? "" : "s"}`];
    };
    return [...count(3), ...count(2), ...count(1)].join("; ");
  }

  /** `creating (2s)`, `created (0.31s)`, `create`, `**creating failed**`, and which inputs change. */
  get #status(): string {
    const { op, type } = this.step;
    const [, plan, doing, done] = WORDS[op];
    const diff = this.#diff === "" ? "" : ` [diff: ${this.#diff}]`;
    if (this.#moment === "failed" && !(this.isPreview && doing === ""))
      return `**${doing === "" ? "" : `${doing} `}failed**${diff}`;
    if (op === "same") return isStack(type) && this.#moment !== "closed" && this.#moment !== undefined ? "running" : "";
    if (this.isPreview) return (op === "refresh" && this.#moment === "begun" ? doing : plan) + diff;
    const isDone = this.#moment === "closed" || (this.#moment === "done" && !isStack(type));
    if (isDone) return `${done} (${this.#seconds.toFixed(2)}s)${diff}`;
    return `${doing} (${Math.floor((this.now() - this.#begun) / 1000)}s)${diff}`;
  }
}
