/** What a value is, for a sentence that never repeats it. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (typeof value === "number" || typeof value === "boolean") return `a ${typeof value}`;
  if (typeof value === "string") return value.trim() === "" ? "empty" : "text";
  if (Array.isArray(value)) return value.length === 0 ? "empty" : "a list";
  return `of the type ${typeof value}`;
}
