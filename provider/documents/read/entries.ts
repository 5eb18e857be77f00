import { DocumentError } from "../document-error.js";
import type { Block, Field } from "../tree.js";
import { clean } from "./decode.js";
import { counted, shortened } from "./names.js";

const DEEPEST = 100;

/** @throws DocumentError: no reader of values goes deeper. */
export function nestedTooDeeply(): DocumentError {
  return new DocumentError(`is nested more than ${DEEPEST} levels deep: flatten it, or exclude it`);
}

/**
 * The entries of a list or an object, each as `path: value` lines.
 *
 * @throws DocumentError where a value is nested too deeply, or too much is written.
 */
export function entriesOf(value: unknown): Block[] {
  return Array.from(parted(value), entryWriter());
}

function parted(value: unknown): (readonly [path: string, value: unknown])[] {
  if (Array.isArray(value)) return value.map((entry: unknown) => ["", entry] as const);
  if (typeof value !== "object" || value === null) return [["", value]];
  return Object.entries(value).map(([key, entry]) => [shortened(clean(key)), entry] as const);
}

/** A function that makes an entry of what stands at a path, and counts what it writes. */
export function entryWriter(): (at: readonly [path: string, value: unknown]) => Block {
  const count = counted();
  const field = (path: string, text: string): Field[] => {
    const value = clean(text).replace(/^\n+|\s+$/gu, "");
    count(`${path}: ${value}`);
    return value.trim() === "" ? [] : [path === "" ? { value } : { name: path, value }];
  };
  const flatten = (path: string, value: unknown, depth: number): Field[] => {
    if (depth > DEEPEST) throw nestedTooDeeply();
    if (value === undefined) return [];
    if (typeof value === "string") return field(path, value);
    if (typeof value !== "object" || value === null) return field(path, JSON.stringify(value));
    const join = (key: string): string => shortened(path === "" ? clean(key) : `${path}.${clean(key)}`);
    if (!Array.isArray(value))
      return Object.entries(value).flatMap(([key, entry]) => flatten(join(key), entry, depth + 1));
    const isSimple = value.every((entry) => typeof entry !== "object" || entry === null);
    if (isSimple) return value.length === 0 ? [] : field(path, value.join(", "));
    return value.flatMap((entry: unknown, index) => flatten(join(String(index + 1)), entry, depth + 1));
  };
  return ([path, value]) => ({ kind: "entry", fields: flatten(path, value, 0) });
}
