import { nameOf } from "../values/urn.js";
import { diffLines } from "./diff.js";
import type { Moment, Row, RowOptions } from "./row.js";
import { WORDS } from "./words.js";

/** A way to show steps as they happen. */
export interface View {
  changed(row: Row, moment: Moment): void;
  /** The run is over. */
  close(): void;
}

export interface ViewOptions extends RowOptions {
  readonly write: (text: string) => void;
}

/** A line for each thing that happens: for logs, where what was printed stays. */
export class LineView implements View {
  constructor(private readonly options: ViewOptions) {}

  changed(row: Row, moment: Moment): void {
    const { isPreview, paint, write } = this.options;
    const { op, type } = row.step;
    if (moment === "said") write(`    ${type} ${row.name} ${row.info}\n`);
    else if (op !== "same" && (moment !== "begun" || !(isPreview || op === "refresh")))
      write(`${paint(WORDS[op].color, ` ${WORDS[op].sign} ${type} ${row.name} ${row.status}`.trimEnd())}\n`);
  }

  close(): void {
    // All is said.
  }
}

/** Every step with its properties, children below their parents: what `--diff` shows. */
export class DetailView implements View {
  readonly #depths = new Map<string, number>();

  constructor(private readonly options: ViewOptions) {}

  changed({ step, info, name }: Row, moment: Moment): void {
    const { paint, write } = this.options;
    const { op, type, urn, old, new: fresh } = step;
    if (moment === "said") write(`    ${type} ${name} ${info}\n`);
    const parent = (fresh ?? old)?.parent ?? "";
    const depth = parent === "" || op.startsWith("delete") ? 0 : (this.#depths.get(parent) ?? -1) + 1;
    this.#depths.set(urn, depth);
    // Of the steps of a replacement the one in the middle shows both sides.
    if (moment !== "begun" || /refresh|replacement|replaced/u.test(op)) return;
    const indent = "    ".repeat(depth);
    write(`${indent}${paint(WORDS[op].color, `${WORDS[op].sign}${type}: (${WORDS[op].plan || op})`)}\n`);
    const provider = step.provider.split("::").slice(0, -1).join("::");
    const about = { id: old?.id ?? "", urn, provider: nameOf(provider) === "default" ? "" : step.provider };
    for (const [key, value] of Object.entries(about)) if (value !== "") write(`${indent}    [${key}=${value}]\n`);
    const [before, after] = [(old ?? fresh)?.inputs ?? {}, (fresh ?? old)?.inputs ?? {}];
    for (const line of diffLines(before, after, { all: op !== "same", indent: `${indent}  ` })) write(`${line}\n`);
  }

  close(): void {
    // All is said.
  }
}
