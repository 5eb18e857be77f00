import { equal, isAsset, isSecret, type Properties, rebuild, UNKNOWN, type Value } from "../values/properties.js";

/** All keys but those that are the SDK's own business. */
const keysOf = (...all: readonly Properties[]): string[] =>
  [...new Set(all.flatMap((properties) => Object.keys(properties)))].filter((key) => !key.startsWith("__")).sort();

function signOf(before: Value | undefined, after: Value | undefined): "+" | "-" | "~" | " " {
  if (before === undefined) return "+";
  if (after === undefined) return "-";
  return equal(before, after) ? " " : "~";
}

/** `+a,b-c~d`: which inputs come, go and change. */
export function changedKeys(old: Properties, fresh: Properties): string {
  const of = (sign: string): string => {
    const keys = keysOf(old, fresh).filter((key) => signOf(old[key], fresh[key]) === sign);
    return keys.length > 0 ? sign + keys.join(",") : "";
  };
  return of("+") + of("-") + of("~");
}

/** A value in one line, secrets and what is not known by their names. */
function text(value: Value | undefined): string {
  const hidden = rebuild(value ?? null, (part) => {
    if (isSecret(part)) return "[secret]";
    if (isAsset(part))
      return `asset(${"text" in part ? "text" : "file"}:${JSON.stringify(part["hash"] ?? "").slice(1, 8)})`;
    return part === UNKNOWN ? "[unknown]" : part;
  });
  if (hidden === null) return "<null>";
  return typeof hidden === "string" && hidden !== value ? hidden : visible(JSON.stringify(hidden));
}

/** What would not be seen, or would steer the terminal, as JSON escapes it. */
function visible(json: string): string {
  const escaped = (sign: string): string =>
    Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
  return json.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

/**
 * Outputs side by side: `+` comes, `-` goes, `~ old => new`; what stays the same has no sign.
 *
 * @param isShown - which of them to show; keys that are not shown make the column wider all the same.
 */
export function outputLines(old: Properties, fresh: Properties, isShown: (key: string) => boolean): string[] {
  const keys = keysOf(old, fresh);
  const width = Math.max(0, ...keys.map((key) => key.length));
  return keys.filter(isShown).map((key) => {
    const sign = signOf(old[key], fresh[key]);
    const change = sign === "~" ? `${text(old[key])} => ${text(fresh[key])}` : text(fresh[key] ?? old[key]);
    return `  ${sign} ${visible(key).padEnd(width)}: ${change}`;
  });
}
