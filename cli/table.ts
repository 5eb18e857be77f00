import { stripVTControlCharacters } from "node:util";

/** How much room a text takes on a terminal. */
const widthOf = (text: string): number => stripVTControlCharacters(text).length;

/** Lines whose cells stand below each other. */
export function table(lines: readonly (readonly string[])[]): string[] {
  const widths = lines.reduce<number[]>(
    (all, line) => line.map((cell, index) => Math.max(all[index] ?? 0, widthOf(cell))),
    [],
  );
  const padded = (cell: string, index: number): string => cell + " ".repeat((widths[index] ?? 0) - widthOf(cell));
  return lines.map((line) => line.map(padded).join("  ").trimEnd());
}
