import type { Properties, Value } from "../values/properties.js";
import { equal, isAsset, isObject, isPlainObject, isSecret, UNKNOWN } from "../values/properties.js";

/** Keys that are the SDK's own business. */
const isHidden = (key: string): boolean => key.startsWith("__");

const keysOf = (...all: Properties[]): string[] =>
  [...new Set(all.flatMap((properties) => Object.keys(properties)))].filter((key) => !isHidden(key)).sort();

/** `+a, -b, ~c`: which inputs come, go and change. */
export function changedKeys(old: Properties, fresh: Properties): string {
  const [added, removed, changed]: [string[], string[], string[]] = [[], [], []];
  for (const key of keysOf(old, fresh)) {
    if (!(key in old)) added.push(key);
    else if (!(key in fresh)) removed.push(key);
    else if (!equal(old[key], fresh[key])) changed.push(key);
  }
  const parts = [["+", added], ["-", removed], ["~", changed]] as const;
  return parts.flatMap(([sign, keys]) => (keys.length > 0 ? [`${sign}${keys.join(",")}`] : [])).join("");
}

/** A value in one line, or in several for maps and lists. */
function shown(value: Value, indent: string): string {
  if (isSecret(value) || value === "[secret]") return "[secret]";
  if (value === UNKNOWN) return "[unknown]";
  if (isAsset(value)) return `asset(${"text" in value ? "text" : "file"}:${JSON.stringify(value["hash"] ?? "").slice(1, 8)})`;
  if (Array.isArray(value)) return block("[", "]", value.map((part: Value, index) => [`[${index}]`, part]), indent);
  if (isObject(value)) return block("{", "}", keysOf(value).map((key) => [key, value[key] ?? null]), indent);
  return JSON.stringify(value);
}

function block(open: string, close: string, parts: readonly (readonly [string, Value])[], indent: string): string {
  if (parts.length === 0) return open + close;
  const width = Math.max(...parts.map(([key]) => key.length));
  const lines = parts.map(([key, value]) => `${indent}    ${key.padEnd(width)}: ${shown(value, `${indent}    `)}`);
  return `${open}\n${lines.join("\n")}\n${indent}${close}`;
}

/**
 * Properties side by side, a line each: `+` comes, `-` goes, `~ old => new`; unchanged ones plain.
 *
 * @param all - whether to show what does not change.
 */
export function diffLines(old: Properties, fresh: Properties, all: boolean, indent = ""): string[] {
  const keys = keysOf(old, fresh).filter((key) => all || !equal(old[key], fresh[key]));
  const width = Math.max(0, ...keys.map((key) => key.length));
  return keys.flatMap((key) => {
    const [before, after] = [old[key], fresh[key]];
    const line = (sign: string, text: string): string => `${indent}${sign} ${key.padEnd(width)}: ${text}`;
    const inner = `${indent}  `;
    if (before === undefined) return line("+", shown(after ?? null, inner));
    if (after === undefined) return line("-", shown(before, inner));
    if (equal(before, after)) return line(" ", shown(after, inner));
    if (!isPlainObject(before) || !isPlainObject(after)) return line("~", `${shown(before, inner)} => ${shown(after, inner)}`);
    return [line("~", "{"), ...diffLines(before, after, all, `${inner}    `), `${inner}}`];
  });
}
