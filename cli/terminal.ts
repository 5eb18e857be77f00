import { isatty } from "node:tty";
import { createColors } from "picocolors";
import type { Colors } from "picocolors/types";
import { pc as colors } from "./try/color.js";

/** Colours for standard output where it is a terminal. */
export const pc: Colors = colors;
export const plainColors: Colors = createColors(false);

/** A line that counts up on a terminal, and is gone in the end. Elsewhere nothing. */
export function progress(what: string): { show: (done: number) => void; end: () => void } {
  if (!isatty(2)) return { show: () => undefined, end: () => undefined };
  return {
    show: (done) => void process.stderr.write(`\r${done} ${what} …`),
    end: () => void process.stderr.write("\r\u001b[K"),
  };
}

/** A line that stands on a terminal while something is under way. Elsewhere nothing. */
export function busy(line: string): { end: () => void } {
  if (!isatty(2)) return { end: () => undefined };
  process.stderr.write(line);
  return { end: () => void process.stderr.write("\r\u001b[K") };
}
