import { UsageError } from "./http/errors.js";

/** Checks a text that the API requires, before anything is sent. */
export function requireText(operation: string, name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  const given =
    value === "" ? "empty" : value === undefined ? "missing" : `of type ${value === null ? "null" : typeof value}`;
  throw new UsageError(`${operation}: ${name} must be a non-empty string, but it is ${given}.`, { operation });
}
