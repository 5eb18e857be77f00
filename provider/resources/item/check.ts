import { checkInputs, type CheckResult } from "../../pulumi/check.js";
import { contentHash, contentFileProblem, type Content } from "../../inputs/content.js";
import { isUnknown, UNKNOWN, type Properties } from "../../engine/values.js";
import { fields } from "./schema.js";

/** Validates an item's inputs; adds its content's hash. */
export function check(_olds: Properties, news: Properties): CheckResult {
  const { inputs, failures } = checkInputs(fields, news);
  const hash = hashOf(inputs["content"], failures.length > 0);
  const ofFile = contentFileProblem(inputs["content"], { followLinks: inputs["followLinks"] === true });
  return {
    inputs: { ...inputs, contentHash: hash, ...(inputs["confidential"] === true && { descriptionInApi: "" }) },
    failures: ofFile === undefined ? failures : [...failures, { property: "content", reason: ofFile }],
  };
}

function hashOf(content: unknown, invalid: boolean): string | undefined {
  if (isUnknown(content)) return UNKNOWN;
  return invalid ? undefined : contentHash(content as Content);
}
