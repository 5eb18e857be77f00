import * as pulumi from "@pulumi/pulumi";
import type { RetrievalCase, RetrievalResult } from "../provider/resources/retrieval-test/schema.js";
import type { InputsOf } from "./functions/options.js";
import {
  confidentialIn,
  type Declaration,
  hasType,
  InferenceResource,
  requireProperties,
  typeOf,
  urnOf,
} from "./resource.js";

export type { Expectation, RetrievalCase, RetrievalResult } from "../provider/resources/retrieval-test/schema.js";

/** What a `RetrievalTest` is made of. */
export interface RetrievalTestArgs {
  /** The id of the collection that is asked: `collection.id`. A change runs the test against the new one. */
  collectionId: pulumi.Input<string>;
  /**
   * Any text that stands for the content, so that a change of the content runs the test again: an item's `contentHash`,
   * or several joined. Without it, only changes of the test itself run it.
   */
  revision?: pulumi.Input<string>;
  /**
   * The questions, each with what must be among the first results; at least one. Secret cases appear nowhere by a word
   * of theirs, but as `cases[2]`. A change runs the test again.
   */
  cases: pulumi.Input<InputsOf<readonly RetrievalCase[]>>;
  /**
   * The least mean recall with which the test passes: 0 to 1. Default: 1, everything is found. A change runs the test
   * again.
   */
  minRecall?: pulumi.Input<number>;
  /**
   * What a test that does not pass does. `"fail"`, the default, fails the deployment; the content is left in place, and
   * the test runs in each `pulumi up` until it passes. `"warn"` only shows what is not answered, and runs again when
   * something changes. A change runs the test again.
   */
  onFailure?: pulumi.Input<"fail" | "warn">;
  /**
   * Whether a model puts the best results in order before they are judged: `true` for one that the API offers today, or
   * `{ model }`. Costs tokens of that model. Default: false. A change runs the test again.
   */
  rerank?: pulumi.Input<boolean | { readonly model: string }>;
  /**
   * How long an index may lag behind its items, in seconds: 0 to 3600. Default: 30. So long questions that are not
   * answered are asked again, with growing pauses; 0 asks once. Each time costs the tokens of the question.
   *
   * A change alone does nothing.
   */
  deadlineSeconds?: pulumi.Input<number>;
}

const DECLARATION: Declaration = {
  type: typeOf("RetrievalTest"),
  room: "retrievalTest",
  like: "{ collectionId, cases }",
  outputs: ["collectionId", "recall", "mrr", "passed", "results"],
  optionalOutputs: ["revision"],
  takeOver: "There is nothing of a test in the API that could be taken over.",
};

/**
 * Questions that a collection must answer, asked while it is deployed: a stack whose knowledge base has stopped
 * answering does not deploy. It runs when the `revision` of the content or the test itself has changed, and after a
 * failure; previews and other deployments ask nothing. A run costs one list of the collection and one search a
 * question.
 *
 * It must come after the content: take `revision` from it, or name it in the option `dependsOn`. Items that a
 * deployment deletes go last, so the test may still find them.
 *
 * @example
 * ```ts
 * import { Collection, Item, RetrievalTest } from "pulumi-vultr-inference";
 *
 * const faq = new Collection("faq", { name: "FAQ" });
 * const returns = new Item("returns", {
 *   collectionId: faq.id,
 *   content: "You can send back anything within 30 days, free of charge.",
 *   description: "Returns",
 * });
 * const test = new RetrievalTest("faq-answers", {
 *   collectionId: faq.id,
 *   revision: returns.contentHash,
 *   cases: [
 *     { query: "Can I get a refund?", expect: { document: "Returns" } },
 *     { query: "How long can I wait?", expect: [{ text: "within 30 days" }, { text: "free of charge" }], topK: 1 },
 *   ],
 * });
 * export const recall = test.recall;
 * ```
 */
export class RetrievalTest extends InferenceResource {
  /** The type by which policies and tools match this resource. */
  static readonly __pulumiType = DECLARATION.type;

  /** The id of the collection that was asked. */
  declare readonly collectionId: pulumi.Output<string>;
  /** The mean over the cases of the share of what was expected that was found: 0 to 1. */
  declare readonly recall: pulumi.Output<number>;
  /**
   * The mean reciprocal rank: the mean over the cases of 1 divided by the rank of the first result that was expected,
   * be it beyond `topK`; 0 where there is none.
   */
  declare readonly mrr: pulumi.Output<number>;
  /**
   * Whether `recall` is at least `minRecall`. False only with `onFailure: "warn"`: otherwise the deployment has failed.
   */
  declare readonly passed: pulumi.Output<boolean>;
  /** How each question was answered, in the order of the cases. Titles, not contents. */
  declare readonly results: pulumi.Output<readonly RetrievalResult[]>;
  /** The revision that was tested; null where none is declared. */
  declare readonly revision: pulumi.Output<string | null>;

  /**
   * Declares a test.
   *
   * @param name The resource's name within the stack.
   */
  constructor(name: string, args: RetrievalTestArgs, options?: pulumi.CustomResourceOptions) {
    requireProperties(DECLARATION, name, args);
    const cases = pulumi.output(args.cases);
    // Nothing, which the provider fills in with a hash; but secret where the cases are.
    const casesHash = cases.apply(() => undefined);
    const resourceUrn = urnOf(RetrievalTest.__pulumiType, name, options);
    super(DECLARATION, name, args, { casesHash, confidential: confidentialIn(cases), resourceUrn }, options);
  }

  /** Whether a value is a `RetrievalTest`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is RetrievalTest {
    return hasType(value, RetrievalTest.__pulumiType);
  }
}
