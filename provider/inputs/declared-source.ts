/**
 * With the resource option `ignoreChanges` the engine puts the source of the state in the place of the program's, and
 * tells nobody. So the class marks the source that the program gives; the state's has no mark.
 */
import { isDeepStrictEqual } from "node:util";
import { isUnknown, type Properties } from "../engine/values.js";

const MARK = "declared";
/** A folder by its path alone, or with what belongs to it. */
type Form = "path" | "folder";

/** A source as the class hands it on. Texts need no mark: they are an asset, of which the state has the hash. */
export function declared(source: unknown): unknown {
  if (typeof source === "string") return { folder: source, [MARK]: "path" satisfies Form };
  return isMap(source) && !("texts" in source) ? { ...source, [MARK]: "folder" satisfies Form } : source;
}

/** Inputs with their source as the program gives it. */
export function undeclared(inputs: Properties): Properties {
  const { source } = inputs;
  if (!isMarked(source)) return inputs;
  const { [MARK]: form, ...given } = source;
  return { ...inputs, source: form === "path" ? given["folder"] : given };
}

/** Whether the source of a deployed resource is the state's, and not what the program gives. */
export function isIgnored(olds: Properties, { source }: Properties): boolean {
  if (olds["documents"] === undefined || isUnknown(source)) return false;
  return !isMarked(source) && isDeepStrictEqual(source, olds["source"]) && !isAsset(source);
}

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMarked(source: unknown): source is Properties {
  return isMap(source) && (source[MARK] === "path" || source[MARK] === "folder");
}

/** Whether texts are at hand. */
function isAsset(source: unknown): boolean {
  return isMap(source) && "texts" in source && typeof source["texts"] !== "string";
}
