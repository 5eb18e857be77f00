import type * as pulumi from "@pulumi/pulumi";
import type { ListModelsArgs, ListModelsResult } from "../../provider/functions/list-models.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Lists the models that the API offers today; they change within weeks. Costs nothing and runs in previews, too.
 *
 * @example
 * ```ts
 * import { listModels } from "pulumi-vultr-inference";
 *
 * export const speechModels = listModels({ kind: "speech" }).then(({ models }) => models.map(({ id }) => id));
 * ```
 */
export function listModels(args: ListModelsArgs = {}, options?: FunctionOptions): Promise<ListModelsResult> {
  return call((all) => all.listModels, args, options);
}

/**
 * `listModels` over Inputs.
 *
 * @example
 * ```ts
 * import { chatCompletionOutput, listModelsOutput } from "pulumi-vultr-inference";
 *
 * const model = listModelsOutput().models.apply(([first]) => first?.id ?? "");
 * export const greeting = chatCompletionOutput({ model, messages: [{ role: "user", content: "Say hello." }] }).content;
 * ```
 */
export function listModelsOutput(
  args: InputsOf<ListModelsArgs> = {},
  options?: FunctionOutputOptions,
): pulumi.Output<ListModelsResult> {
  return callOutput((all) => all.listModels, args, options);
}
