import { equal, type Properties } from "../values/properties.js";
import { isStack, nameOf } from "../values/urn.js";
import { diffLines, outputLines } from "./diff.js";
import type { Moment, Row, RowOptions } from "./row.js";
import { WORDS } from "./words.js";

/** A way to show steps as they happen. */
export interface View {
  changed(row: Row, moment: Moment): void;
  /** A resource is as it was, and not shown. */
  skipped?(urn: string): void;
  /** The run is over. */
  close(): void;
  /** Whether messages and the stack's outputs stand among the steps, and are not told once more at the end. */
  readonly tellsAll?: true;
}

export interface ViewOptions extends RowOptions {
  readonly suppressesOutputs: boolean;
  readonly write: (text: string) => void;
}

/** A line for each thing that happens: for logs, where what was printed stays. */
export class LineView implements View {
  readonly #refreshed = new Set<string>();

  constructor(private readonly options: ViewOptions) {}

  changed(row: Row, moment: Moment): void {
    const { isPreview, paint, write } = this.options;
    const { op, type, urn } = row.step;
    const isRefresh = op === "refresh" && moment === "begun";
    if (isRefresh) this.#refreshed.add(urn);
    if (moment === "begun" && isPreview && !isRefresh) return;
    if (op === "same" && moment !== "said" && !(moment === "done" && this.#refreshed.has(urn))) return;
    write(`${paint(WORDS[op].color, ` ${WORDS[op].sign} ${type} ${row.name} ${row.words}`.trimEnd())}\n`);
  }

  close(): void {
    // All is said.
  }
}

/** Every step with its properties, children below their parents, and what is said among them: what `--diff` shows. */
export class DetailView implements View {
  readonly tellsAll = true;
  readonly #depths = new Map<string, number>();
  readonly #refreshed = new Set<string>();

  constructor(private readonly options: ViewOptions) {}

  changed({ step, said }: Row, moment: Moment): void {
    const { old, new: fresh, op, type, urn } = step;
    if (moment === "said") {
      this.options.write(`${said}\n`);
      return;
    }
    if (moment === "begun") this.#place(step);
    if (op === "refresh" && moment === "begun") this.#refreshed.add(urn);
    else if (this.#refreshed.delete(urn)) this.#found(step);
    // Of the steps of a replacement the one in the middle shows both sides.
    else if (!/replacement|replaced/u.test(op)) {
      if (moment === "begun") this.#planned(step);
      // The stack's own outputs come at the end.
      else if (!this.options.isPreview && fresh && op !== "same" && !isStack(type)) this.#outputs(urn, outputLines(old?.outputs ?? {}, fresh));
      else if (!this.options.isPreview && old && op === "delete") this.#outputs(urn, diffLines(old.outputs, {}, { indent: "  " }));
    }
  }

  skipped(urn: string): void {
    this.#depths.delete(urn);
  }

  close(): void {
    // All is said.
  }

  #place({ op, urn, old, new: fresh }: Row["step"]): void {
    const parent = (fresh ?? old)?.parent ?? "";
    const above = this.#depths.get(parent) ?? (this.#depths.size > 0 ? 0 : -1);
    this.#depths.set(urn, parent === "" || op.startsWith("delete") ? 0 : above + 1);
  }

  #indent(urn: string): string {
    return "    ".repeat(this.#depths.get(urn) ?? 0);
  }

  #head({ op, type, urn, old, provider: reference }: Row["step"]): void {
    const { paint, write } = this.options;
    const indent = this.#indent(urn);
    write(`${indent}${paint(WORDS[op].color, `${WORDS[op].sign}${type}: (${WORDS[op].plan || op})`)}\n`);
    const provider = nameOf(reference.split("::").slice(0, -1).join("::")) === "default" ? "" : reference;
    for (const [key, value] of Object.entries({ id: old?.id ?? "", urn, provider })) if (value !== "") write(`${indent}    [${key}=${value}]\n`);
  }

  #planned(step: Row["step"]): void {
    const { op, urn, old, new: fresh } = step;
    this.#head(step);
    if (op === "same") return;
    const before = (op === "replace" ? old?.outputs : (old ?? fresh)?.inputs) ?? {};
    const after = (op === "replace" && !this.options.isPreview ? fresh?.outputs : (fresh ?? old)?.inputs) ?? {};
    this.#properties(urn, before, after);
  }

  /** What a refresh found: a resource that is otherwise, or gone. One that is as it was is not shown, but for the stack. */
  #found(step: Row["step"]): void {
    const { op, type, urn, old, new: fresh } = step;
    const [before, after] = [old?.outputs ?? {}, fresh?.outputs ?? {}];
    if (isStack(type)) {
      this.#head(step);
      if (!this.options.isPreview) this.#outputs(urn, diffLines(before, before, { indent: "  " }));
      return;
    }
    if (op === "same" || (op === "refresh" && equal(before, after))) return;
    this.#head(step);
    if (op === "delete" || op === "refresh") this.#outputs(urn, diffLines(before, after, { isShown: (key) => !equal(before[key], after[key]), indent: "  " }));
    else this.#properties(urn, before, after);
  }

  #properties(urn: string, old: Properties, fresh: Properties): void {
    for (const line of diffLines(old, fresh, { indent: `${this.#indent(urn)}  ` })) this.options.write(`${line}\n`);
  }

  #outputs(urn: string, lines: readonly string[]): void {
    const { suppressesOutputs, write } = this.options;
    if (suppressesOutputs || lines.length === 0) return;
    const indent = this.#indent(urn);
    write(`${indent}    --outputs:--\n${lines.map((line) => `${indent}${line}\n`).join("")}`);
  }
}
