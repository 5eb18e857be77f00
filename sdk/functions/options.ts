import * as pulumi from "@pulumi/pulumi";
import { missingAdvice } from "../../provider/api/not-found.js";
import { messageOf } from "../../provider/text/error-message.js";
import type { Provider } from "../provider.js";

/** Options of functions over plain values. */
export interface FunctionOptions {
  /** The account to ask. Default: the one that the stack's configuration or the environment names. */
  provider?: Provider | undefined;
}

/** Options of functions over Inputs. */
export interface FunctionOutputOptions extends FunctionOptions {
  /**
   * Resources that must be as the program wants them before the function runs, e.g. the items that a search shall find;
   * a component stands for all that is in it. During a preview in which one of them is going to change, the result is
   * unknown.
   */
  dependsOn?: pulumi.Resource | readonly pulumi.Resource[] | undefined;
}

/** Options of functions over Inputs that cost money. */
export interface PaidFunctionOutputOptions extends FunctionOutputOptions {
  /**
   * Whether to run in previews, too, where it costs as much as in the deployment. Default false: the result is unknown
   * there.
   */
  runInPreview?: boolean | undefined;
}

/** A value, all of whose parts may also be Outputs or Promises. */
export type InputsOf<Value> = Value extends readonly (infer Entry)[]
  ? readonly pulumi.Input<InputsOf<Entry>>[]
  : Value extends object
    ? { [Name in keyof Value]: pulumi.Input<InputsOf<Value[Name]>> }
    : Value;

/**
 * Lets a function's failure reach the stack's author as one sentence: the language runtime prints a `RunError` without
 * the stack trace that every other error gets. The original is its `cause`.
 */
export function asRunError<Result>(run: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      const error = new pulumi.RunError(messageOf(cause) + missingAdvice(cause), { cause });
      // The runtime inspects an error that has a stack with everything it refers to. That can be all resources of the
      // program: with some hundreds of them it takes minutes and gigabytes.
      error.stack = "";
      // The SDK leaves a debugger enabled, for which V8 searches whatever waits for a promise for a handler when it is
      // rejected from within another promise's reaction. Among a program's outputs that takes half a minute.
      setImmediate(() => reject(error));
    };
    Promise.resolve().then(run).then(resolve, fail);
  });
}
