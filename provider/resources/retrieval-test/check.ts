import { checkInputs, type CheckResult } from "../../pulumi/check.js";
import { sha256 } from "../../inputs/hash.js";
import { isUnknown, UNKNOWN, type Properties } from "../../engine/values.js";
import { questionsOf } from "./question.js";
import { fields, type RetrievalCase } from "./schema.js";

/** Validates a test's inputs; adds its defaults and what stands for its cases. */
export function check(_olds: Properties, news: Properties): CheckResult {
  const { inputs, failures } = checkInputs(fields, news);
  const { minRecall = 1, onFailure = "fail", cases } = inputs;
  return { inputs: { ...inputs, minRecall, onFailure, casesHash: hashOf(cases, failures.length > 0) }, failures };
}

/** The same for cases that mean the same. */
function hashOf(cases: unknown, invalid: boolean): string | undefined {
  if (isUnknown(cases)) return UNKNOWN;
  return invalid ? undefined : sha256(JSON.stringify(questionsOf(cases as readonly RetrievalCase[]))).slice(0, 16);
}
