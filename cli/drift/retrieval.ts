import type { Stack } from "@pulumi/pulumi/automation";
import { clean } from "../../provider/text/clean.js";
import { configKey, type ConfigReader } from "../../provider/api/setting.js";
import { session } from "../../provider/session/session.js";
import { ask } from "../../provider/resources/retrieval-test/ask.js";
import {
  isAnswered,
  isEnough,
  nameOfQuestion,
  recallOf,
  type Outcome,
} from "../../provider/resources/retrieval-test/measure.js";
import type { Inputs } from "../../provider/resources/retrieval-test/schema.js";
import { finding, labelOf } from "./findings.js";
import type { Finding, Unchecked } from "./report.js";
import { isOurs, kindOf, nameOf } from "../seen.js";
import type { StateResource } from "./state.js";
import { messageOf } from "../../provider/text/error-message.js";

/** Whether a type is that of a retrieval test. */
export function isRetrievalTest(type: string): boolean {
  return isOurs(type) && kindOf(type) === "RetrievalTest";
}

/** Asks the questions of all retrieval tests of a stack, with the key and the address that the stack uses. */
export async function failingTests(
  stack: Stack,
  resources: readonly StateResource[],
): Promise<{ findings: Finding[]; unchecked: Unchecked[]; asked: number }> {
  const tests = resources.filter(({ type, inputs }) => isRetrievalTest(type) && inputs !== undefined);
  const findings: Finding[] = [];
  const unchecked: Unchecked[] = [];
  if (tests.length === 0) return { findings, unchecked, asked: 0 };
  const config = await configOfStack(stack);
  for (const test of tests) {
    try {
      const message = await failureOf(test, configFor(test, resources, config));
      if (message !== undefined) findings.push(finding(test, "retrieval-failed", message));
    } catch (error) {
      unchecked.push({ urn: test.urn, resource: nameOf(test.urn), reason: clean(messageOf(error)) });
    }
  }
  return { findings, unchecked, asked: tests.length };
}

/** Asks a test's questions, once each: nothing was just written, and an index has no reason to lag. */
export function askTest(inputs: Inputs, config: ConfigReader): Promise<readonly Outcome[]> {
  const context = session().context(config, inputs.confidential === true);
  return ask({ ...context, progress: () => undefined }, { ...inputs, deadlineSeconds: 0 });
}

/** What a test says where it does not pass any more. */
async function failureOf(test: StateResource, config: ConfigReader): Promise<string | undefined> {
  const inputs = readable(test.inputs) as Inputs;
  const outcomes = await askTest(inputs, config);
  const { minRecall = 1, confidential = false } = inputs;
  if (isEnough(outcomes, minRecall)) return undefined;
  const missed = outcomes.flatMap((outcome, index) =>
    isAnswered(outcome) ? [] : [`"${nameOfQuestion(outcome, index, confidential)}"`],
  );
  return (
    `${labelOf(test)} does not pass any more: recall ${recallOf(outcomes).toFixed(2)}, wanted ${minRecall}; not ` +
    `answered: ${missed.join(", ")}.`
  );
}

/** A stack's configuration, secrets readable. */
export async function configOfStack(stack: Stack): Promise<Readonly<Record<string, string>>> {
  const all = await stack.getAllConfig();
  return Object.fromEntries(Object.entries(all).map(([key, { value }]) => [key, value]));
}

/** The configuration of an explicit provider stands in the state, and nothing else counts for its resources. */
export function configFor(
  { provider }: Pick<StateResource, "provider">,
  resources: readonly StateResource[],
  config: Readonly<Record<string, string>>,
): ConfigReader {
  const urn = provider?.split("::").slice(0, -1).join("::");
  const own = resources.find((resource) => resource.urn === urn && !/::default(_[^:]*)?$/u.test(resource.urn));
  if (!own) return (key) => config[key];
  const inputs = readable(own.inputs) as Readonly<Record<string, unknown>>;
  const values: Record<string, unknown> = { ...inputs, [configKey("providerName")]: nameOf(own.urn) };
  return (key) => {
    const value = values[key] ?? values[key.replace(/^[^:]*:/u, "")];
    return value === undefined || value === null ? undefined : asText(value);
  };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Secrets of an exported state as what they hold. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  if ("plaintext" in value && typeof value.plaintext === "string") return JSON.parse(value.plaintext) as unknown;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}
