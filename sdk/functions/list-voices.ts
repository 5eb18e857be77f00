import type * as pulumi from "@pulumi/pulumi";
import type { ListVoicesArgs, ListVoicesResult } from "../../provider/functions/list-voices.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Lists the voices in which the API speaks today; they change every year. Costs nothing and runs in previews, too.
 *
 * @example
 * ```ts
 * import { listVoices } from "pulumi-vultr-inference";
 *
 * export const spanish = listVoices().then(({ voices }) => voices.filter((voice) => voice.startsWith("es_")));
 * ```
 */
export function listVoices(args: ListVoicesArgs = {}, options?: FunctionOptions): Promise<ListVoicesResult> {
  return call((all) => all.listVoices, args, options);
}

/**
 * `listVoices` as an Output.
 *
 * @example
 * ```ts
 * import { listVoicesOutput, speechOutput } from "pulumi-vultr-inference";
 *
 * const voice = listVoicesOutput().voices.apply(([first]) => first ?? "");
 * export const audio = speechOutput({ model: "bark-small", voice, input: "Hello." }).audio;
 * ```
 */
export function listVoicesOutput(
  args: InputsOf<ListVoicesArgs> = {},
  options?: FunctionOutputOptions,
): pulumi.Output<ListVoicesResult> {
  return callOutput((all) => all.listVoices, args, options);
}
