import { compose } from "./compose.js";
import { DocumentError } from "./document-error.js";
import type { Extracted } from "./extracted.js";
import { counted, shortened } from "./names.js";

const DEEPEST = 100;

// Numbers of so many digits, as long ids are, would not come out as they went in.
const LONG_NUMBER = /\d{16}/u;
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]+|\\.)*"|-?\d[\d.]{15,}(?:e[+-]?\d+)?/giu;

/** The entries of a list or an object, each as `path: value` lines. @throws DocumentError where it is not JSON, or too much is written. */
export function json(source: string): Extracted {
  return compose(entriesOf(parse(source, "")));
}

/** One JSON value a line, each an entry. @throws DocumentError where a line is not JSON, or too much is written. */
export function jsonLines(source: string): Extracted {
  const lines = source.split("\n");
  const flatten = flattener();
  return compose(lines.flatMap((line, index) => (line.trim() === "" ? [] : [flatten("", parse(line, ` (line ${index + 1})`)).join("\n")])));
}

function parse(source: string, where: string): unknown {
  if (source.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(source);
    return LONG_NUMBER.test(source) ? JSON.parse(source.replace(STRING_OR_LONG_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`))) : value;
  } catch (error) {
    if (error instanceof RangeError) throw new DocumentError(`is nested more than ${DEEPEST} levels deep: flatten it, or exclude it`);
    // The engine's message may quote what the document says.
    const position = /position \d+/u.exec(error instanceof Error ? error.message : "")?.[0];
    throw new DocumentError(`is not JSON${where}${position === undefined ? "" : `: it goes wrong at ${position}`}. Mend it, or exclude it`);
  }
}

function entriesOf(value: unknown): string[] {
  const flatten = flattener();
  if (Array.isArray(value)) return value.map((entry: unknown) => flatten("", entry).join("\n"));
  if (typeof value !== "object" || value === null) return [flatten("", value).join("\n")];
  return Object.entries(value).map(([key, entry]) => flatten(shortened(key), entry).join("\n"));
}

/** Makes `path: value` lines of what stands at a path. */
function flattener(): (path: string, value: unknown) => string[] {
  const count = counted();
  const flatten = (path: string, value: unknown, depth = 0): string[] => {
    if (depth > DEEPEST) throw new DocumentError(`is nested more than ${DEEPEST} levels deep: flatten it, or exclude it`);
    if (value === undefined) return [];
    const prefix = path === "" ? "" : `${path}: `;
    if (typeof value === "string") return [count(`${prefix}${value}`)];
    if (typeof value !== "object" || value === null) return [count(`${prefix}${JSON.stringify(value)}`)];
    const join = (key: string): string => shortened(path === "" ? key : `${path}.${key}`);
    if (Array.isArray(value)) {
      const simple = value.every((entry) => typeof entry !== "object" || entry === null);
      if (simple) return value.length === 0 ? [] : [count(`${prefix}${value.join(", ")}`)];
      return value.flatMap((entry: unknown, index) => flatten(join(String(index + 1)), entry, depth + 1));
    }
    return Object.entries(value).flatMap(([key, entry]) => flatten(join(key), entry, depth + 1));
  };
  return flatten;
}
