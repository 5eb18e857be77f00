import type * as pulumi from "@pulumi/pulumi";
import type { RerankArgs, RerankResult } from "../../provider/functions/rerank.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Puts texts in the order of how well they answer a question, and gives each a score. `search` does it with its own
 * results where `rerank` is set. It costs a few tokens of the model, and runs in previews, too.
 *
 * Fails where the texts are more than about 1 MB, where the API offers no model for it, or cannot be reached.
 *
 * @example
 * ```ts
 * import { rerank } from "pulumi-vultr-inference";
 *
 * const documents = ["Send anything back within 30 days.", "The shop is closed on Sundays."];
 * export const best = rerank({ query: "Can I get a refund?", documents }).then(
 *   ({ results: [first] }) => documents[first?.index ?? 0],
 * );
 * ```
 */
export function rerank(args: RerankArgs, options?: FunctionOptions): Promise<RerankResult> {
  return call((all) => all.rerank, args, options);
}

/**
 * `rerank` over Inputs.
 *
 * @example
 * ```ts
 * import { rerankOutput } from "pulumi-vultr-inference";
 *
 * const documents = ["Send anything back within 30 days.", "Closed on Sundays."];
 * const ranked = rerankOutput({ query: "Can I get a refund?", documents });
 * export const scores = ranked.results.apply((results) => results.map(({ score }) => score));
 * ```
 */
export function rerankOutput(args: InputsOf<RerankArgs>, options?: FunctionOutputOptions): pulumi.Output<RerankResult> {
  return callOutput((all) => all.rerank, args, options);
}
