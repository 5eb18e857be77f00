import type { Stack } from "@pulumi/pulumi/automation";
import { checkInputs } from "../../provider/pulumi/check.js";
import { clean } from "../../provider/text/clean.js";
import {
  brief,
  isAnswered,
  isEnough,
  nameOfQuestion,
  recallOf,
  type Outcome,
} from "../../provider/resources/retrieval-test/measure.js";
import { fields, questionsOf, type Inputs } from "../../provider/resources/retrieval-test/schema.js";
import { isUnknown } from "../../provider/engine/values.js";
import { askTest, configFor, configOfStack, isRetrievalTest } from "../drift/retrieval.js";
import { stateOf, type StateResource } from "../drift/state.js";
import { nameOf } from "../seen.js";
import { dynamicUrn } from "../../plugin/resources.js";
import type { Declared } from "./program/recorder.js";
import type { Version } from "./version.js";
import type { TestResult } from "./report.js";
import { messageOf } from "../../provider/text/error-message.js";

/**
 * Asks the collections that a stack has deployed the questions of a branch's retrieval tests, with the key that the
 * stack uses.
 */
export async function liveTests(stack: Stack, before: Version | undefined, after: Version): Promise<TestResult[]> {
  const tests = after.resources.filter(({ type }) => isRetrievalTest(type));
  if (tests.length === 0) return [];
  const [resources, config] = [await stateOf(stack), await configOfStack(stack)];
  const results: TestResult[] = [];
  for (const test of tests) {
    const resource = nameOf(test.urn);
    const unasked = (message: string): TestResult => ({ resource, message: clean(message), questions: [] });
    const deployed = deployedAs(test, resources);
    const collectionId = collectionOf(test, deployed, resources);
    const [failure] = checkInputs(fields, test.inputs).failures;
    if (failure) results.push(unasked(`${failure.property} ${failure.reason}.`));
    else if (isUnknown(test.inputs["cases"]))
      results.push(unasked("Its questions are known only while it is deployed."));
    else if (collectionId === undefined)
      results.push({ ...unasked("Its collection is not deployed yet, so nothing can be asked."), holds: false });
    else {
      const inputs = { ...test.inputs, collectionId } as unknown as Inputs;
      const known = before?.resources.find(({ urn }) => withoutStack(urn) === withoutStack(test.urn));
      try {
        const provider = deployed ?? resources.find(({ id }) => id === collectionId) ?? {};
        results.push(
          resultOf(resource, inputs, await askTest(inputs, configFor(provider, resources, config)), queriesOf(known)),
        );
      } catch (error) {
        results.push(unasked(messageOf(error)));
      }
    }
  }
  return results;
}

function resultOf(
  resource: string,
  { minRecall = 1, confidential = false }: Inputs,
  outcomes: readonly Outcome[],
  known: ReadonlySet<string>,
): TestResult {
  const questions = outcomes.map((outcome, index) => ({
    query: clean(nameOfQuestion(outcome, index, confidential)),
    holds: isAnswered(outcome),
    isNew: !known.has(outcome.question.query),
  }));
  const holding = questions.filter(({ holds }) => holds).length;
  const message =
    `${holding} of ${questions.length} questions hold (recall ${brief(recallOf(outcomes))}, at least ` +
    `${brief(minRecall)} is wanted).`;
  return { resource, holds: isEnough(outcomes, minRecall), message, questions };
}

function queriesOf(test: Declared | undefined): ReadonlySet<string> {
  const { inputs = {} } = test ?? {};
  if (isUnknown(inputs["cases"]) || checkInputs(fields, inputs).failures.length > 0) return new Set();
  return new Set(questionsOf((inputs as unknown as Inputs).cases).map(({ query }) => query));
}

/**
 * A name within the stack: it may be deployed under one in full, and its configuration read by a short one. What the
 * program declares as a dynamic resource here, the plugin may have deployed.
 */
function withoutStack(urn: string): string {
  return dynamicUrn(urn).split("::").slice(1).join("::");
}

/** What the state holds of a declared resource. */
function deployedAs(
  { urn, formerly }: Pick<Declared, "urn" | "formerly">,
  resources: readonly StateResource[],
): StateResource | undefined {
  const urns = [urn, ...formerly].map(withoutStack);
  return urns
    .map((one) => resources.find((resource) => withoutStack(resource.urn) === one))
    .find((one) => one !== undefined);
}

/** The id of the collection that a test of the branch asks, as it is deployed. */
function collectionOf(
  { inputs, madeOf }: Declared,
  deployed: StateResource | undefined,
  resources: readonly StateResource[],
): string | undefined {
  const { collectionId } = inputs;
  if (typeof collectionId === "string" && !isUnknown(collectionId)) return collectionId;
  // What it is made of may also be something in the collection, which names it.
  const made = (madeOf["collectionId"] ?? []).map((urn) => {
    const found = deployedAs({ urn, formerly: [] }, resources);
    const named = found?.outputs?.["collectionId"];
    return typeof named === "string" ? named : found?.id;
  });
  const before = deployed?.inputs?.["collectionId"];
  return made.find((id) => id !== undefined) ?? (typeof before === "string" ? before : undefined);
}
