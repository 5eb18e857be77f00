import type * as pulumi from "@pulumi/pulumi";
import type { FindModelArgs, FindModelResult } from "../../provider/functions/find-model.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Finds the best available model that can do what is asked for. Models change within weeks: a program that finds one by
 * what it can do goes on when another is gone. The answer can change from one run to the next; `prefer` keeps to a
 * family as long as it is there. Costs nothing and runs in previews, too. Fails where no model can do it, and lists
 * what there is.
 *
 * @example
 * ```ts
 * import { chatCompletion, findModel } from "pulumi-vultr-inference";
 *
 * export const motto = findModel({ supports: ["temperature"], prefer: ["glm-5", "qwen3"] })
 *   .then(({ id: model }) =>
 *     chatCompletion({ model, messages: [{ role: "user", content: "A motto for a book shop." }] }),
 *   )
 *   .then(({ content }) => content);
 * ```
 */
export function findModel(args: FindModelArgs = {}, options?: FunctionOptions): Promise<FindModelResult> {
  return call((all) => all.findModel, args, options);
}

/**
 * `findModel` over Inputs.
 *
 * @example
 * ```ts
 * import { chatCompletionOutput, findModelOutput } from "pulumi-vultr-inference";
 *
 * const model = findModelOutput({ prefer: ["glm-5"] }).id;
 * export const greeting = chatCompletionOutput({ model, messages: [{ role: "user", content: "Say hello." }] }).content;
 * ```
 */
export function findModelOutput(
  args: InputsOf<FindModelArgs> = {},
  options?: FunctionOutputOptions,
): pulumi.Output<FindModelResult> {
  return callOutput((all) => all.findModel, args, options);
}
