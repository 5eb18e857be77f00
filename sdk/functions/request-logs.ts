import * as pulumi from "@pulumi/pulumi";
import type { RequestLogsArgs, RequestLogsResult } from "../../provider/functions/request-logs.js";
import { call, callOutput } from "./call.js";
import type { FunctionOptions, FunctionOutputOptions, InputsOf } from "./options.js";

/**
 * Looks up which requests the API has logged for the account. Headers that may carry credentials are taken out, and so
 * is whatever looks like a credential in the bodies, the key in use above all; the bodies can still hold what callers
 * have sent.
 *
 * Costs nothing and runs in previews, too. Fails where the period is none of the four or the time lies in the future,
 * before anything is sent, and where the API cannot be reached.
 *
 * @remarks A Promise cannot be secret: `requestLogsOutput` is.
 *
 * @example
 * ```ts
 * import { requestLogs } from "pulumi-vultr-inference";
 *
 * const refused = requestLogs({ period: 60 }).then(({ requests }) =>
 *   requests.filter(({ responseCode }) => responseCode === 422),
 * );
 * export const refusals = refused.then(({ length }) => length);
 * ```
 */
export function requestLogs(args: RequestLogsArgs, options?: FunctionOptions): Promise<RequestLogsResult> {
  return call((all) => all.requestLogs, args, options);
}

/**
 * `requestLogs` over Inputs. The result is secret: stack outputs and resources that take something of it keep it
 * encrypted.
 *
 * @example
 * ```ts
 * import { requestLogsOutput } from "pulumi-vultr-inference";
 *
 * export const latest = requestLogsOutput({ period: 15 }).requests.apply((requests) => requests.at(-1)?.endpoint);
 * ```
 */
export function requestLogsOutput(
  args: InputsOf<RequestLogsArgs>,
  options?: FunctionOutputOptions,
): pulumi.Output<RequestLogsResult> {
  return pulumi.secret(callOutput((all) => all.requestLogs, args, options));
}
