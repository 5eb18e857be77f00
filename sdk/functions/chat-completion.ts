import type * as pulumi from "@pulumi/pulumi";
import type { ChatCompletionArgs, ChatCompletionResult } from "../../provider/functions/chat.js";
import { call, callPaidOutput } from "./call.js";
import type { FunctionOptions, InputsOf, PaidFunctionOutputOptions } from "./options.js";

/**
 * Has a model continue a conversation. It is charged by the token, each time the program runs. A request that may have
 * been charged is not repeated by itself.
 *
 * Fails where an argument makes no sense, before anything is sent, and where the API does not know the model, refuses
 * the request, or cannot be reached.
 *
 * @remarks It asks in previews, too: `chatCompletionOutput` spares them.
 *
 * @example
 * ```ts
 * import { chatCompletion, findModel } from "pulumi-vultr-inference";
 *
 * const messages = [{ role: "user" as const, content: "A motto for a book shop, in five words." }];
 * export const motto = findModel()
 *   .then(({ id: model }) => chatCompletion({ model, temperature: 0, messages }))
 *   .then(({ content }) => content);
 * ```
 */
export function chatCompletion(args: ChatCompletionArgs, options?: FunctionOptions): Promise<ChatCompletionResult> {
  return call((all) => all.chatCompletion, args, options);
}

/**
 * `chatCompletion` over Inputs. Unknown in previews unless `runInPreview` is set, and asked again in each `up`; with
 * `temperature: 0` equal questions get equal answers, so that a second `up` shows no change.
 *
 * @example
 * ```ts
 * import { chatCompletionOutput, Collection, findModelOutput, Item } from "pulumi-vultr-inference";
 *
 * const faq = new Collection("faq", { name: "FAQ" });
 * const answer = chatCompletionOutput({
 *   model: findModelOutput().id,
 *   temperature: 0,
 *   messages: [{ role: "user", content: "Explain in two sentences what a refund is." }],
 * });
 * new Item("refund", { collectionId: faq.id, content: answer.content });
 * ```
 */
export function chatCompletionOutput(
  args: InputsOf<ChatCompletionArgs>,
  options?: PaidFunctionOutputOptions,
): pulumi.Output<ChatCompletionResult> {
  return callPaidOutput((all) => all.chatCompletion, args, options);
}
