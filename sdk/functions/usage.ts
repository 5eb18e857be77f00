import type * as pulumi from "@pulumi/pulumi";
import type { UsageArgs, UsageResult } from "../../provider/functions/usage.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Asks what the subscription has used this month, in tokens. Costs nothing and runs in previews, too. Fails on a
 * service that does not tell it.
 *
 * @example
 * ```ts
 * import { usage } from "pulumi-vultr-inference";
 *
 * export const answered = usage().then(({ currentMonth: { chat } }) =>
 *   chat.reduce((sum, part) => sum + part.outputTokens, 0),
 * );
 * ```
 */
export function usage(args: UsageArgs = {}, options?: FunctionOptions): Promise<UsageResult> {
  return call((all) => all.usage, args, options);
}

/**
 * `usage` as an Output. It differs from run to run: a stack that exports it shows a change each time.
 *
 * @example
 * ```ts
 * import { usageOutput } from "pulumi-vultr-inference";
 *
 * export const parts = usageOutput().currentMonth.chat.apply((chat) => chat.length);
 * ```
 */
export function usageOutput(
  args: InputsOf<UsageArgs> = {},
  options?: FunctionOutputOptions,
): pulumi.Output<UsageResult> {
  return callOutput((all) => all.usage, args, options);
}
