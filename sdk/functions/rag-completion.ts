import type * as pulumi from "@pulumi/pulumi";
import type { ChatCompletionResult } from "../../provider/functions/chat.js";
import type { RagCompletionArgs } from "../../provider/functions/rag-completion.js";
import { call, callPaidOutput } from "./call.js";
import type { FunctionOptions, InputsOf, PaidFunctionOutputOptions } from "./options.js";

/**
 * Has a model continue a conversation with what a collection holds about it. The answer does not say which items it is
 * from: ask `search` for those. It is charged by the token, each time the program runs. A request that may have been
 * charged is not repeated by itself.
 *
 * Fails as `chatCompletion` does, and where the collection does not exist.
 *
 * @remarks It asks in previews, too: `ragCompletionOutput` spares them.
 *
 * @example
 * ```ts
 * import { findModel, ragCompletion } from "pulumi-vultr-inference";
 *
 * const messages = [{ role: "user" as const, content: "Can I get a refund?" }];
 * export const answer = findModel()
 *   .then(({ id: model }) => ragCompletion({ collectionId: "faq", model, temperature: 0, messages }))
 *   .then(({ content }) => content);
 * ```
 */
export function ragCompletion(args: RagCompletionArgs, options?: FunctionOptions): Promise<ChatCompletionResult> {
  return call((all) => all.ragCompletion, args, options);
}

/**
 * `ragCompletion` over Inputs, for collections and items of the same program: name the items in `dependsOn`, so that
 * the model is asked when they are there. Unknown in previews unless `runInPreview` is set, and asked again in each
 * `up`.
 *
 * @example
 * ```ts
 * import { Collection, findModelOutput, Item, ragCompletionOutput } from "pulumi-vultr-inference";
 *
 * const faq = new Collection("faq", { name: "FAQ" });
 * const returns = new Item("returns", { collectionId: faq.id, content: "Send anything back within 30 days." });
 * const answer = ragCompletionOutput(
 *   {
 *     collectionId: faq.id,
 *     model: findModelOutput().id,
 *     temperature: 0,
 *     messages: [{ role: "user", content: "Can I get a refund?" }],
 *   },
 *   { dependsOn: returns },
 * );
 * export const refund = answer.content;
 * ```
 */
export function ragCompletionOutput(
  args: InputsOf<RagCompletionArgs>,
  options?: PaidFunctionOutputOptions,
): pulumi.Output<ChatCompletionResult> {
  return callPaidOutput((all) => all.ragCompletion, args, options);
}
