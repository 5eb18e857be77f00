import { IngestionError } from "./ingestion-error.js";

/** Deeper values stay JSON: nobody reads further down. */
const DEPTH = 32;

/** The text of a JSON document: a line `path.to.value: text` for each value, a paragraph for each record of a list. */
export function flattenJson(text: string): string {
  const value = parse(text);
  if (Array.isArray(value)) return value.map((element) => lines("", element, 0).join("\n")).join("\n\n");
  return lines("", value, 0).join("\n");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new IngestionError(`The file is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function lines(path: string, value: unknown, depth: number): string[] {
  const prefix = path === "" ? "" : `${path}: `;
  if (typeof value === "string") return [prefix + value];
  if (typeof value !== "object" || value === null) return [prefix + String(value)];
  if (depth === DEPTH) return [`${prefix}…`];
  return Object.entries(value).flatMap(([name, part]) =>
    lines(path === "" ? name : `${path}.${name}`, part, depth + 1),
  );
}
