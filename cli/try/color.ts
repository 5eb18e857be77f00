import { isatty } from "node:tty";
import { createColors } from "picocolors";

/** Colours a terminal, unless NO_COLOR is set. What goes to a file, a pipe or a CI's log stays plain. */
export const pc = createColors(isatty(1) && !process.env["NO_COLOR"]);
