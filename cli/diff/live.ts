import { findEngine } from "../engine.js";
import { failingTests, isRetrievalTest } from "../drift/retrieval.js";
import { stateOf } from "../drift/state.js";
import { nameOf } from "../seen.js";
import { openStack, type StackChoice } from "../stack.js";
import type { TestResult } from "./report.js";

/** Asks the questions of the deployed stack's retrieval tests, with its state and the key that it uses. */
export async function liveTests(choice: StackChoice): Promise<TestResult[]> {
  const stack = await openStack(await findEngine(), choice);
  const resources = await stateOf(stack);
  const { findings, unchecked } = await failingTests(stack, resources);
  return resources.filter(isRetrievalTest).map(({ urn }) => {
    const failed = findings.find((finding) => finding.urn === urn)?.message ?? unchecked.find((one) => one.urn === urn)?.reason;
    return { resource: nameOf(urn), holds: failed === undefined, message: failed ?? "All questions are answered." };
  });
}
