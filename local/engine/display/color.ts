import { createColors } from "picocolors";
import type { Words } from "./words.js";

/** Colours a text, or leaves it as it is. */
export type Paint = (color: Words["color"], text: string) => string;

/**
 * @param choice - of `--color`: "always", "never", "raw" or "auto"; "auto" colours a terminal, unless NO_COLOR is set.
 */
export function paintFor(choice: string, env: NodeJS.ProcessEnv, isTerminal: boolean): Paint {
  const isAuto = choice === "auto" || choice === "";
  const colors = createColors(isAuto ? isTerminal && !env["NO_COLOR"] : choice === "always");
  return (color, text) => (color === "plain" ? text : colors[color](text));
}
