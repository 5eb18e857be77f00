import { stripVTControlCharacters } from "node:util";
import { isStack } from "../values/urn.js";
import { branches } from "./branches.js";
import type { Row } from "./row.js";
import { table, widthOf } from "./table.js";
import type { View, ViewOptions } from "./views.js";
import { WORDS } from "./words.js";

/** What can be seen at once. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const UP_AND_CLEAR = (lines: number): string => `\u001b[${lines}A\u001b[0J`;
const HEADS = ["Type", "Name", "Status", "Info"] as const;

/** The tree of all that changes, drawn anew with each change: for terminals. */
export class TreeView implements View {
  readonly #rows = new Map<string, Row>();
  readonly #timer: NodeJS.Timeout;
  #drawn = 0;

  /** @param size - of the terminal. */
  constructor(
    private readonly options: ViewOptions,
    private readonly size: () => Size,
  ) {
    this.#timer = setInterval(() => this.#draw(), 1000);
    this.#timer.unref();
  }

  changed(row: Row): void {
    this.#rows.set(row.step.urn, row);
    this.#draw();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#draw(Infinity);
  }

  /** @param height - as much as fits, or everything, once nothing will be drawn over it. */
  #draw(height = this.size().rows - 2): void {
    const { columns } = this.size();
    const lines = table(this.#lines()).map((line) => cut(line, columns - 1));
    const hidden = Math.max(0, lines.length - height);
    const shown = hidden > 0 ? [...lines.slice(0, 1), `     … ${hidden + 1} more`, ...lines.slice(hidden + 2)] : lines;
    this.options.write(`${this.#drawn > 0 ? UP_AND_CLEAR(this.#drawn) : ""}${shown.join("\n")}\n`);
    this.#drawn = shown.length;
  }

  #lines(): string[][] {
    const rows = branches(
      [...this.#rows.values()],
      ({ step }) => step.urn,
      ({ step }) => (isStack(step.type) ? undefined : ((step.new ?? step.old)?.parent ?? "")),
    );
    return [["   ", ...HEADS], ...rows.map(({ member, lead }) => this.#line(member, lead))];
  }

  #line(row: Row, prefix: string): string[] {
    // The parts of a replacement follow each other in one row.
    const { sign, color } = WORDS[/replacement|replaced/u.test(row.step.op) ? "replace" : row.step.op];
    return [` ${this.options.paint(color, sign)}`, prefix + row.step.type, row.name, row.status, row.info];
  }
}

/** A line that goes on beyond the edge would be drawn as two; a cut one loses its colours. */
const cut = (line: string, columns: number): string =>
  widthOf(line) <= columns ? line : `${stripVTControlCharacters(line).slice(0, columns - 1)}…`;
