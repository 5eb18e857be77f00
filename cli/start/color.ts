import { createColors } from "picocolors";

/** Colours a terminal, unless NO_COLOR is set. What goes to a file, a pipe or a CI's log stays plain. */
export const pc = createColors(process.stdout.isTTY && !process.env["NO_COLOR"]);
