import { checkInputs, type CheckResult } from "../../check.js";
import { contentHash, type Content } from "../../content.js";
import { isUnknown, UNKNOWN, type Properties } from "../../values.js";
import { fields } from "./schema.js";

/**
 * The generation of the item that the state holds, by owner.
 *
 * The engine checks a resource that it is about to replace twice, the second time as if there were nothing yet. What
 * the first check has seen tells the second that a successor is being made, and the successor's marker then differs
 * from the one of the item in place even where their contents are equal.
 */
const inPlace = new Map<string, number>();

/** Validates an item's inputs; adds its content's hash, the owner that is stored already, and its generation. */
export function check(olds: Properties, news: Properties): CheckResult {
  const { inputs, failures } = checkInputs(fields, news);
  const stored = typeof olds["owner"] === "string" && olds["owner"] !== "" ? olds["owner"] : undefined;
  const owner = stored ?? inputs["owner"];
  const hash = hashOf(inputs["content"], failures.length > 0);
  return { inputs: { ...inputs, owner, contentHash: hash, generation: generation(olds, owner, stored) }, failures };
}

function hashOf(content: unknown, invalid: boolean): string | undefined {
  if (isUnknown(content)) return UNKNOWN;
  return invalid ? undefined : contentHash(content as Content);
}

function generation(olds: Properties, owner: unknown, stored: string | undefined): number {
  if (typeof owner !== "string") return 0;
  if (stored === undefined) {
    const replaced = inPlace.get(owner);
    return replaced === undefined ? 0 : replaced + 1;
  }
  const current = typeof olds["generation"] === "number" ? olds["generation"] : 0;
  inPlace.set(owner, current);
  return current;
}
