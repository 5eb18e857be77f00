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

type Placed = readonly [path: string, value: unknown];

function parted(value: unknown): readonly Placed[] {
  if (Array.isArray(value)) return value.map((entry: unknown) => ["", entry] as const);
  if (!isObject(value)) return [["", value]];
  return Object.entries(value).flatMap(([key, entry]) => listed(shortened(clean(key)), entry));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Each object of a list by itself, also where the list is all that there is of an object but for simple values. */
function listed(path: string, value: unknown): readonly Placed[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isObject)) return value.map((entry) => [path, entry]);
  if (!isObject(value)) return [[path, value]];
  const entries = Object.entries(value);
  const [list, ...others] = entries.filter(([, entry]) => typeof entry === "object" && entry !== null);
  if (!list || others.length > 0) return [[path, value]];
  const below = listed(joined(path, list[0]), list[1]);
  if (below.length === 1 && below[0]?.[1] === list[1]) return [[path, value]];
  const simple = Object.fromEntries(entries.filter(([key]) => key !== list[0]));
  return Object.keys(simple).length === 0 ? below : [[path, simple], ...below];
}

const joined = (path: string, key: string): string => shortened(path === "" ? clean(key) : `${path}.${clean(key)}`);

/** A function that makes an entry of what stands at a path, and counts what it writes. */
export function entryWriter(): (at: readonly [path: string, value: unknown]) => Block {
  const count = counted();
  const field = (path: string, text: string): Field[] => {
    const value = clean(text).replace(/^\n+|\s+$/gu, "");
    count(`${path}: ${value}`);
    return value.trim() === "" ? [] : [path === "" ? { value } : { name: path, value }];
  };
  const flatten = (path: string, value: unknown, depth: number): readonly Field[] => {
    if (depth > DEEPEST) throw nestedTooDeeply();
    if (value === undefined) return [];
    if (typeof value === "string") return field(path, value);
    if (typeof value !== "object" || value === null) return field(path, JSON.stringify(value));
    const inner = (key: string, entry: unknown): readonly Field[] => {
      const [first, ...others] = flatten(joined(path, key), entry, depth + 1);
      return first ? [{ ...first, level: depth }, ...others] : [];
    };
    if (!Array.isArray(value)) return Object.entries(value).flatMap(([key, entry]) => inner(key, entry));
    const isSimple = value.every((entry) => typeof entry !== "object" || entry === null);
    if (isSimple) return value.length === 0 ? [] : field(path, value.join(", "));
    return value.flatMap((entry: unknown, index) => inner(String(index + 1), entry));
  };
  return ([path, value]) => ({ kind: "entry", fields: flatten(path, value, 0) });
}
