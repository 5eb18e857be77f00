import type { Properties, Value } from "../values/properties.js";
import { equal, isAsset, isPlainObject, isSecret, UNKNOWN } from "../values/properties.js";

/** What a line says of its property: it comes, goes, changes, or is as it is. */
type Sign = "+" | "-" | "~" | " ";

/** A place in the text: how far to the right, and how wide the keys beside it are. */
interface Place {
  readonly indent: string;
  readonly width: number;
}

/** Keys that are the SDK's own business. */
const isHidden = (key: string): boolean => key.startsWith("__");

const keysOf = (...all: Properties[]): string[] =>
  [...new Set(all.flatMap((properties) => Object.keys(properties)))].filter((key) => !isHidden(key)).sort();

/** `+a,b-c~d`: which inputs come, go and change. */
export function changedKeys(old: Properties, fresh: Properties): string {
  const signs: Record<Sign, string[]> = { "+": [], "-": [], "~": [], " ": [] };
  for (const key of keysOf(old, fresh)) {
    const changed = equal(old[key], fresh[key]) ? " " : "~";
    signs[old[key] === undefined ? "+" : fresh[key] === undefined ? "-" : changed].push(key);
  }
  return (["+", "-", "~"] as const).flatMap((sign) => (signs[sign].length > 0 ? [sign + signs[sign].join(",")] : [])).join("");
}

/** The parts of a map or a list, by key or index; undefined for everything else. */
function partsOf(value: Value): Properties | undefined {
  if (Array.isArray(value)) return Object.fromEntries(value.map((part: Value, index) => [`[${index}]`, part]));
  return isPlainObject(value) ? value : undefined;
}

function scalar(value: Value): string {
  if (isSecret(value) || value === "[secret]") return "[secret]";
  if (value === UNKNOWN) return "[unknown]";
  if (isAsset(value)) return `asset(${"text" in value ? "text" : "file"}:${JSON.stringify(value["hash"] ?? "").slice(1, 8)})`;
  if (value === null) return "<null>";
  return visible(JSON.stringify(value));
}

/** What would not be seen, or would steer the terminal, as JSON escapes it. */
function visible(json: string): string {
  const escaped = (sign: string): string => Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
  return json.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

const widthOf = (keys: readonly string[]): number => Math.max(0, ...keys.map((key) => key.length));
const inside = ({ indent }: Place, keys: readonly string[]): Place => ({ indent: `${indent}    `, width: widthOf(keys) });

/** One property with all that is in it, under one sign; as in the CLI, that of a list's part stands below the list's own. */
function whole(sign: Sign, key: string, value: Value, place: Place, isPart = false): string[] {
  const lead = isPart ? `${place.indent.slice(4)}${sign}     ` : `${place.indent}${sign} `;
  const head = `${lead}${visible(key).padEnd(place.width)}: `;
  const parts = partsOf(value);
  if (parts === undefined) return [head + scalar(value)];
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const keys = Array.isArray(value) ? Object.keys(parts) : keysOf(parts);
  if (keys.length === 0) return [head + open + close];
  const lines = keys.flatMap((part) => whole(sign, part, parts[part] ?? null, inside(place, keys), Array.isArray(value)));
  return [head + open, ...lines, `${place.indent}  ${close}`];
}

function changed(key: string, before: Value, after: Value, place: Place): string[] {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  const head = `${place.indent}~ ${visible(key).padEnd(place.width)}: `;
  if (old === undefined && fresh === undefined && !isAsset(before) && !isAsset(after))
    return [`${head}${scalar(before)} => ${scalar(after)}`];
  if (old === undefined || fresh === undefined || Array.isArray(before) !== Array.isArray(after))
    return [...whole("-", key, before, place), ...whole("+", key, after, place)];
  const [open, close] = Array.isArray(before) ? ["[", "]"] : ["{", "}"];
  return [head + open, ...diffLines(old, fresh, { indent: `${place.indent}    ` }), `${place.indent}  ${close}`];
}

/** The outputs that a step has changed, but for those that its inputs say. */
export function outputLines(old: Properties, { inputs, outputs }: { readonly inputs: Properties; readonly outputs: Properties }): string[] {
  const before = Object.keys(old).length === 0 ? outputs : old;
  const isShown = (key: string): boolean => inputs[key] === undefined && (before === outputs || !equal(before[key], outputs[key]));
  return diffLines(before, outputs, { isShown, indent: "  " });
}

/** How properties are shown side by side. */
export interface DiffOptions {
  /** Which properties to show; by default all. */
  readonly isShown?: (key: string) => boolean;
  readonly indent?: string;
}

/** Properties side by side: `+` comes, `-` goes, `~ old => new`; what stays the same has no sign. */
export function diffLines(old: Properties, fresh: Properties, { isShown = () => true, indent = "" }: DiffOptions = {}): string[] {
  // As in the CLI, keys that are not shown make the column wider all the same; where nothing is compared even the SDK's own.
  const place = { indent, width: widthOf(old === fresh ? Object.keys(fresh) : keysOf(old, fresh)) };
  const keys = keysOf(old, fresh).filter(isShown);
  return keys.flatMap((key) => {
    const [before, after] = [old[key], fresh[key]];
    if (before === undefined) return whole("+", key, after ?? null, place);
    if (after === undefined) return whole("-", key, before, place);
    return equal(before, after) ? whole(" ", key, after, place) : changed(key, before, after, place);
  });
}
