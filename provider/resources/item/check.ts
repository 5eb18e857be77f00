import { checkInputs, type CheckResult } from "../../pulumi/check.js";
import { contentHash, contentPlaceProblem, type Content } from "../../inputs/content.js";
import { isUnknown, UNKNOWN, type Properties } from "../../engine/values.js";
import { fields } from "./schema.js";

/** Validates an item's inputs; adds its content's hash. */
export function check(_olds: Properties, news: Properties): CheckResult {
  const { inputs, failures } = checkInputs(fields, news);
  const hash = hashOf(inputs["content"], failures.length > 0);
  const place = contentPlaceProblem(inputs["content"], { followLinks: inputs["followLinks"] === true });
  return { inputs: { ...inputs, contentHash: hash, ...(inputs["confidential"] === true && { descriptionInApi: "" }) }, failures: place === undefined ? failures : [...failures, { property: "content", reason: place }] };
}

function hashOf(content: unknown, invalid: boolean): string | undefined {
  if (isUnknown(content)) return UNKNOWN;
  return invalid ? undefined : contentHash(content as Content);
}
