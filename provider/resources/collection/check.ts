import { checkInputs, type CheckResult } from "../../check.js";
import type { Properties } from "../../values.js";
import { fields } from "./schema.js";

/** Validates a collection's inputs, each by itself and those together that contradict each other. */
export function check(_olds: Properties, news: Properties): CheckResult {
  const { inputs, failures } = checkInputs(fields, news);
  const isTwice = inputs["adopt"] !== undefined && inputs["adoptByName"] === true;
  const twice = { property: "adoptByName", reason: "cannot be set together with adopt: adopt names one collection by its id already" };
  return { inputs: { ...inputs, ...(inputs["confidential"] === true && { nameInApi: "" }) }, failures: isTwice ? [...failures, twice] : failures };
}
