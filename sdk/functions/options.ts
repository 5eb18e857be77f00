import * as pulumi from "@pulumi/pulumi";
import { settled } from "../resource.js";

/** Options of functions over Inputs. */
export interface FunctionOptions {
  /**
   * Resources that must be as the program wants them before the function runs, e.g. the items that a search shall find.
   * During a preview in which one of them is going to change, the result is unknown.
   */
  dependsOn?: pulumi.Resource | readonly pulumi.Resource[];
}

/** Runs a function over plain values once its arguments are known and the resources it depends on are in place. */
export function whenSettled<Args extends object, Result>(
  args: { readonly [Name in keyof Args]: pulumi.Input<Args[Name]> },
  { dependsOn = [] }: FunctionOptions,
  run: (args: Args) => Promise<Result>,
): pulumi.Output<Result> {
  const resources = pulumi.Resource.isInstance(dependsOn) ? [dependsOn] : dependsOn;
  // The mapped Inputs of Args resolve to Args; the compiler cannot follow that through its conditional types.
  const known: pulumi.Output<unknown[]> = pulumi.all([pulumi.output(args), ...resources.map(settled)]);
  return pulumi.output(known.apply(([values]) => run(values as Args))) as pulumi.Output<Result>;
}

/**
 * Lets a function's failure reach the stack's author as one sentence: the language runtime prints a `RunError` without
 * the stack trace that every other error gets. The original is its `cause`.
 */
export function asRunError<Result>(run: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      const error = new pulumi.RunError(cause instanceof Error ? cause.message : String(cause), { cause });
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
