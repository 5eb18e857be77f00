import { z } from "zod";
import { questionsOf } from "../../provider/resources/retrieval-test/schema.js";
import { brief, wordsOf } from "../../provider/resources/retrieval-test/measure.js";
import { isRetrievalTest } from "../drift/retrieval.js";
import type { StateResource } from "../drift/state.js";
import { nameOf } from "../seen.js";

/** A question of a test, and how it was answered when the test ran last. */
interface ShownCase {
  /** The question; its place, as in `cases[2]`, where the cases are secret. */
  readonly query: string;
  /** What was expected, in words; nothing where the cases are secret. */
  readonly expected: readonly string[];
  readonly topK?: number;
  readonly passed: boolean;
  readonly rank?: number | undefined;
  /** What the first results were, where the case has not passed. */
  readonly instead: readonly string[];
}

/** A `RetrievalTest` as the page shows it. */
export interface ShownTest {
  readonly name: string;
  readonly collection: string;
  readonly passed: boolean;
  readonly recall: number;
  readonly minRecall: number;
  readonly mrr: number;
  /** Whether the cases are secret, so that they cannot be asked again on the page. */
  readonly isSecret: boolean;
  /** When the state was written, in ISO 8601; not there where it does not say so. */
  readonly ranAt: string | undefined;
  readonly cases: readonly ShownCase[];
}

const result = z.object({
  query: z.string(),
  passed: z.boolean(),
  rank: z.number().optional(),
  instead: z.array(z.string()).optional(),
});
const outputs = z.object({
  collectionId: z.string(),
  recall: z.number(),
  minRecall: z.number(),
  mrr: z.number(),
  passed: z.boolean(),
  results: z.array(result),
});
/** A part that is not given. Programs of some languages say so by null. */
const unlessNull = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
const text = z.string().nullish().transform(unlessNull);
const expectation = z.object({ document: text, section: text, text });
const cases = z.array(
  z.object({
    query: z.string(),
    expect: z.union([expectation, z.array(expectation)]),
    topK: z.number().nullish().transform(unlessNull),
  }),
);

/** The tests of a stack. What the state holds as a secret is not shown: such a value has another shape. */
export function testsOf(resources: readonly StateResource[]): ShownTest[] {
  return resources.filter(({ type }) => isRetrievalTest(type)).flatMap(testOf);
}

function testOf({ urn, inputs, outputs: held, modified }: StateResource): ShownTest[] {
  const { data } = outputs.safeParse(held);
  if (data === undefined) return [];
  const { collectionId: collection, passed, recall, minRecall, mrr, results } = data;
  const declared = cases.safeParse(inputs?.["cases"]).data;
  const questions = declared && questionsOf(declared);
  return [
    {
      name: nameOf(urn),
      collection,
      passed,
      recall: brief(recall),
      minRecall: brief(minRecall),
      mrr: brief(mrr),
      isSecret: questions === undefined,
      ranAt: modified,
      cases: results.map(({ query, passed, rank, instead = [] }, index) => {
        const { expect = [], topK } = questions?.[index] ?? {};
        return { query, passed, rank, instead, expected: expect.map(wordsOf), ...(topK !== undefined && { topK }) };
      }),
    },
  ];
}
