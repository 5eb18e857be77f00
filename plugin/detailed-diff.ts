/** Which inputs a difference is about, for the lines of a preview. */
import { isDeepStrictEqual } from "node:util";
import type { Difference } from "../provider/pulumi/diff.js";
import type { Field } from "../provider/pulumi/fields.js";
import type { Properties } from "../provider/engine/values.js";
import type { Served } from "./resources.js";

/** What becomes of a property, in the protocol's words. */
export type Kind = "ADD" | "ADD_REPLACE" | "DELETE" | "DELETE_REPLACE" | "UPDATE" | "UPDATE_REPLACE";

/** The marks of fields whose change means something. */
function counts({ change, internal }: Field): boolean {
  return (change === "replace" || change === "update") && internal !== true;
}

/** Each property that differs between the inputs of before and of now, by its path. */
export function detailedDiff(
  { fields }: Served,
  before: Properties,
  now: Properties,
  { replaces }: Difference,
): ReadonlyMap<string, Kind> {
  const found = new Map<string, Kind>();
  for (const [name, field] of Object.entries(fields)) {
    // What was imported has no hash in its inputs yet: then the field itself tells.
    const key = field.diffKey !== undefined && before[field.diffKey] !== undefined ? field.diffKey : name;
    if (!counts(field) || isDeepStrictEqual(before[key] ?? undefined, now[key] ?? undefined)) continue;
    const parts = isMap(before[key]) && isMap(now[key]) && key !== name ? entries(key, before[key], now[key]) : [];
    for (const [part, kind] of parts) found.set(part, kind);
    // Of documents, their source may be as it was.
    if (parts.length > 0 && isDeepStrictEqual(before[name], now[name])) continue;
    const kind = kindOf(before[name], now[name]);
    found.set(name, replaces.includes(name) ? `${kind}_REPLACE` : kind);
  }
  // What drifted without an input that says so.
  for (const name of replaces) if (!found.has(name)) found.set(name, "UPDATE_REPLACE");
  // An imported object gets its tag.
  if (found.size === 0 && before["owner"] === undefined && now["owner"] !== undefined) found.set("owner", "ADD");
  return found;
}

function kindOf(before: unknown, now: unknown): "ADD" | "DELETE" | "UPDATE" {
  if ((before ?? undefined) === undefined) return "ADD";
  return (now ?? undefined) === undefined ? "DELETE" : "UPDATE";
}

/** The parts of a map that differ: of `Documents`, the documents. */
function entries(key: string, before: Properties, now: Properties): (readonly [string, Kind])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (name) => !isDeepStrictEqual(before[name], now[name]),
  );
  return names.map((name) => [`${key}[${JSON.stringify(name)}]`, kindOf(before[name], now[name])]);
}

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
