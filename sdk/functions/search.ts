import type * as pulumi from "@pulumi/pulumi";
import type { SearchArgs, SearchResult } from "../../provider/functions/search.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Asks a collection for the items closest in meaning to a text, best first. It embeds the question, which costs a few
 * tokens, and runs in previews, too.
 *
 * Fails where the collection does not exist, the input is empty or too long, or the API cannot be reached.
 *
 * @example
 * ```ts
 * import { search } from "pulumi-vultr-inference";
 *
 * export const answer = search({ collectionId: "faq", input: "How do I return something?" }).then(
 *   ({ results }) => results[0]?.content,
 * );
 * ```
 */
export function search(args: SearchArgs, options?: FunctionOptions): Promise<SearchResult> {
  return call((all) => all.search, args, options);
}

/**
 * `search` over Inputs, for collections and items of the same program: name the items in `dependsOn`, so that the
 * search waits for them. In a preview in which they are going to change, the result is unknown.
 *
 * Items that the deployment deletes go last, so a search in the same deployment may still find them.
 *
 * @example
 * ```ts
 * import { Collection, Item, searchOutput } from "pulumi-vultr-inference";
 *
 * const faq = new Collection("faq", { name: "FAQ" });
 * const returns = new Item("returns", { collectionId: faq.id, content: "Send anything back within 30 days." });
 * const found = searchOutput({ collectionId: faq.id, input: "Can I get a refund?" }, { dependsOn: returns });
 * export const best = found.results.apply(([hit]) => hit?.content);
 * ```
 */
export function searchOutput(args: InputsOf<SearchArgs>, options?: FunctionOutputOptions): pulumi.Output<SearchResult> {
  return callOutput((all) => all.search, args, options);
}
