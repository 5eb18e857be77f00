import { UserError } from "../errors.js";

/** One step into a config value: a key of a map or an index of a list. */
export type PathStep = string | number;

/** Splits `a.b[0]["c.d"]` into its steps. */
export function pathSteps(path: string): PathStep[] {
  const steps: PathStep[] = [];
  const step = /\.?([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/uy;
  while (step.lastIndex < path.length) {
    const at = step.lastIndex;
    const match = step.exec(path);
    if (match === null) throw new UserError(`invalid config path "${path}": cannot read it from character ${at + 1}`);
    const [, name, index, quoted] = match;
    steps.push(index === undefined ? (name ?? quoted?.replaceAll('\\"', '"') ?? "") : Number(index));
  }
  if (steps.length === 0) throw new UserError("invalid config path: it is empty");
  return steps;
}

/** The value that `config set --path` stores for a text below the top: integers and booleans are no strings. */
export function pathValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^(0|-?[1-9]\d*)$/u.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
