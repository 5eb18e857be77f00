import { z } from "zod";
import { isUnknown, UNKNOWN, type Properties } from "../../engine/values.js";
import { mustBe, mustSay, numberFrom, text, wholeNumberFrom } from "../../inputs/arguments.js";
import { lengthProblem } from "../../inputs/content.js";
import { sha256 } from "../../inputs/hash.js";
import { checkInputs, misspelt, type CheckResult } from "../../pulumi/check.js";
import { collectionId, computed, deployOnly, resourceUrn, update, type InputsOf } from "../../pulumi/fields.js";

/** What a result of a search must be. At least one part; all that are given hold for one and the same result. */
export interface Expectation {
  /**
   * The document that it comes from: its name in the collection, for example `guide/install.md`. Of an `Item` it is the
   * description. Items that the API made of a `File` do not say which file they are of: there, use `text`.
   */
  readonly document?: string | undefined;
  /**
   * A heading that it stands under, or several from the outside in, as in `Install › Linux`. Upper and lower case are
   * the same.
   */
  readonly section?: string | undefined;
  /** A part of its content. White space and upper and lower case make no difference. */
  readonly text?: string | undefined;
}

/** A question that a collection must answer. */
export interface RetrievalCase {
  /** What is searched for, as a user would ask it. Not empty, at most about 512 tokens. */
  readonly query: string;
  /**
   * What must be among the first results. Of several, each; the recall of the case is the share of them that is found.
   */
  readonly expect: Expectation | readonly Expectation[];
  /** How many of the first results count: 1 to 100. Default: 3. */
  readonly topK?: number | undefined;
}

/** How a collection answered one question. */
export interface RetrievalResult {
  /** The question; its place, as in `cases[2]`, where the cases are secret. */
  readonly query: string;
  /** Whether everything expected was among the first `topK` results. */
  readonly passed: boolean;
  /** The share of what was expected that was among the first `topK` results: 0 to 1. */
  readonly recall: number;
  /**
   * The rank of the first result that was expected, from 1; not there where the search answered none. It may be beyond
   * `topK`.
   */
  readonly rank?: number | undefined;
  /**
   * Where the case has not passed, what the first `topK` results were: titles, or `item <id>` for those without one.
   */
  readonly instead?: readonly string[] | undefined;
}

/** Results that can count. */
const MOST_RESULTS = 100;

const PART = mustBe("text with something in it");
const part = z
  .string({ error: PART })
  .refine((value) => value.trim() !== "", { error: PART })
  .optional();
const parts = { document: part, section: part, text: part };
const PARTS = Object.keys(parts);

const expectation = z
  .object(parts, { error: mustBe('what is expected, such as { document: "guide/install.md" }') })
  .catchall(misspelt(PARTS, "an expectation"))
  .refine(
    (given) => Object.values(given).some((value) => value !== undefined),
    `must have at least one of ${PARTS.join(", ")}`,
  );

const expectations = z.array(expectation).min(1, "must name at least one expectation, but is an empty list");

/** One expectation or a list of them. A union of both would tell what is wrong with neither. */
const expect = z
  .custom<Expectation | readonly Expectation[]>(
    (value) => value !== undefined,
    "must say what is expected, but is missing",
  )
  .superRefine((value, context) => {
    const { error } = (Array.isArray(value) ? expectations : expectation).safeParse(value);
    for (const { message, path } of error?.issues ?? []) context.addIssue({ code: "custom", message, path });
  });

const query = text("the question to ask").superRefine((value, context) => {
  const problem = lengthProblem(value);
  if (problem !== undefined) context.addIssue({ code: "custom", message: `${problem} a question` });
});

const topK = wholeNumberFrom(1, MOST_RESULTS).optional();
const oneCase = z
  .object({ query, expect, topK }, { error: mustBe("a question with what is expected, such as { query, expect }") })
  .catchall(misspelt(["query", "expect", "topK"], "a case"));

const rerank = z
  .union([z.boolean(), z.strictObject({ model: z.string().min(1) })], { error: mustSay("true, false or { model }") })
  .optional();

const CASES = mustBe("a list of questions with what is expected, such as { query, expect }");
const ON_FAILURE = ["fail", "warn"] as const;
const LONGEST_WAIT = 3_600;

/** The inputs of a `RetrievalTest`, and what a change of each does. */
export const fields = {
  collectionId: update(collectionId("is asked")),
  revision: update(
    z.string({ error: mustBe("text that stands for the content, such as documents.revision") }).optional(),
  ),
  cases: update(z.array(oneCase, { error: CASES }).min(1, "must have at least one question, but is empty"), {
    diffKey: "casesHash",
  }),
  minRecall: update(numberFrom(0, 1).optional()),
  onFailure: update(
    z.literal(ON_FAILURE, { error: mustSay(ON_FAILURE.map((word) => `"${word}"`).join(" or ")) }).optional(),
  ),
  rerank: update(rerank),
  deadlineSeconds: deployOnly(numberFrom(0, LONGEST_WAIT).optional()),
  casesHash: computed(z.string().optional()),
  /** Whether the cases are secret, so that no word of them is written down or shown. The class sets it. */
  confidential: computed(z.boolean().optional()),
  resourceUrn,
};

export type Inputs = Omit<InputsOf<typeof fields>, "cases"> & { cases: readonly RetrievalCase[] };

/** The outputs of a `RetrievalTest`. */
export interface State {
  readonly collectionId: string;
  /** The revision that was tested. */
  readonly revision?: string | undefined;
  readonly casesHash?: string | undefined;
  readonly minRecall: number;
  readonly onFailure: "fail" | "warn";
  readonly rerank?: boolean | { readonly model: string } | undefined;
  /** The mean of the cases' recall: 0 to 1. */
  readonly recall: number;
  /** The mean of 1 divided by the rank of the first expected result; 0 counts for none. */
  readonly mrr: number;
  /** Whether the recall is at least the least one that is wanted. */
  readonly passed: boolean;
  readonly results: readonly RetrievalResult[];
}

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

/** A case with its defaults filled in. */
export interface Question {
  readonly query: string;
  readonly expect: readonly Expectation[];
  readonly topK: number;
}

const DEFAULT_TOP_K = 3;

export function questionsOf(cases: readonly RetrievalCase[]): Question[] {
  return cases.map(({ query, expect, topK = DEFAULT_TOP_K }) => ({
    query,
    expect: [expect].flat().map(inOrder),
    topK,
  }));
}

function inOrder({ document, section, text }: Expectation): Expectation {
  return { document, section, text };
}
