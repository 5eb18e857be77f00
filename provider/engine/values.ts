/** A bag of values as the engine sends it: the inputs or the outputs of one resource. */
export type Properties = Readonly<Record<string, unknown>>;

/** The text that stands for a value which the engine does not know yet, in previews. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The property that carries a dynamic provider's code; the engine's business, never ours to validate or return. */
export const PROVIDER_KEY = "__provider";

/** The input by which a class hands on the resource option of this name: no provider is told options otherwise. */
export const REPLACE_ON_CHANGES = "replaceOnChanges";

/** Whether a value, or anything inside it, is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(isUnknown);
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknown);
}

/** A value in all of whose texts keys of the API are taken out. */
export function withoutKeys<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === "string") return redact(value) as T;
  if (Array.isArray(value)) return value.map((entry: unknown) => withoutKeys(entry, redact)) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, withoutKeys(entry, redact)])) as T;
}
