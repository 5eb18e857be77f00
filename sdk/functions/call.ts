import * as pulumi from "@pulumi/pulumi";
import { isOffline } from "../../provider/api/setting.js";
import type { InferenceFunction } from "../../provider/functions/function.js";
import type * as inference from "../../provider/functions/index.js";
import type * as program from "../../provider/session/program.js";
import { configOf, Provider } from "../provider.js";
import { settled } from "../resource.js";
import {
  asRunError,
  type FunctionOptions,
  type FunctionOutputOptions,
  type InputsOf,
  type PaidFunctionOutputOptions,
} from "./options.js";

type Context = ReturnType<typeof program.programContext>;

/** The settings of an explicit provider, or nothing: those of the stack. */
type Config = Readonly<Record<string, string>> | undefined;

/** Takes one of the functions, which are loaded by the first that runs. */
type Picked<Args, Result> = (all: typeof inference.functions) => InferenceFunction<Args, Result>;

/** Runs a function over plain values. */
export function call<Args, Result>(
  pick: Picked<Args, Result>,
  args: Args,
  { provider }: FunctionOptions = {},
): Promise<Result> {
  return asRunError(async () => {
    if (isOffline())
      throw new Error(
        "The program asks the API while it is run without it, only for what it declares: use the function's " +
          "Output form, whose result is unknown then.",
      );
    return loaded(pick).run(contextOf(await valueOf(explicitConfig(provider))), args);
  });
}

/** Runs a function once its arguments are known and the resources it depends on are in place. */
export function callOutput<Args, Result>(
  pick: Picked<Args, Result>,
  args: InputsOf<Args>,
  options: FunctionOutputOptions = {},
): pulumi.Output<Result> {
  return whenSettled(args, options, (known: Args, context) => loaded(pick).run(context(), known));
}

/** As `callOutput`, but unknown in previews as long as nothing is recorded from before. */
export function callPaidOutput<Args, Result>(
  pick: Picked<Args, Result>,
  args: InputsOf<Args>,
  options: PaidFunctionOutputOptions = {},
): pulumi.Output<Result> {
  const spare = pulumi.runtime.isDryRun() && options.runInPreview !== true;
  if (!spare) return callOutput(pick, args, options);
  return whenSettled(args, options, async (known: Args, context): Promise<Result> => {
    const called = loaded(pick);
    called.check(known);
    return (await called.recorded?.(context(), known)) ?? notKnown();
  });
}

function whenSettled<Args, Result>(
  args: InputsOf<Args>,
  { dependsOn = [], provider }: FunctionOutputOptions,
  run: (args: Args, context: () => Context) => Promise<Result>,
): pulumi.Output<Result> {
  const resources = pulumi.Resource.isInstance(dependsOn) ? [dependsOn] : dependsOn;
  // What the key opens is no secret for that: a result is one where its arguments or dependencies are.
  const config = pulumi.unsecret(explicitConfig(provider));
  // The Inputs of Args resolve to Args; the compiler cannot follow that through conditional types.
  const known: pulumi.Output<unknown[]> = pulumi.all([
    pulumi.output(args as unknown),
    config,
    ...resources.map(settled),
  ]);
  return known.apply(([values, settings]) =>
    asRunError(async () => {
      if (isOffline()) return notKnown();
      // Neither the arguments nor what the API says of them may be told where one is secret, or what the answer is made
      // of.
      const confidential = await pulumi.isSecret(known);
      return run(values as Args, () => contextOf(settings as Config, confidential));
    }),
  );
}

/** The SDK takes its own `unknown` for the value of an output that is not known yet. */
function notKnown<Result>(): Promise<Result> {
  return Promise.resolve(pulumi.unknown as unknown as Result);
}

function explicitConfig(provider: Provider | undefined): pulumi.Output<Config> {
  if (provider === undefined) return pulumi.output(undefined);
  if (Provider.isInstance(provider)) return configOf(provider);
  throw new pulumi.RunError("The option provider must be a Provider of pulumi-vultr-inference.");
}

/** A program that only declares resources starts without the functions and what they check their arguments by. */
function loaded<Args, Result>(pick: Picked<Args, Result>): InferenceFunction<Args, Result> {
  // An import() would not be found by test runners that run CommonJS in a sandbox.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { functions } = require("../../provider/functions/index.js") as typeof inference;
  return pick(functions);
}

/** The client is loaded by the first question, too. */
function contextOf(config: Config, confidential = false): Context {
  // An import() would not be found by test runners that run CommonJS in a sandbox.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { programContext } = require("../../provider/session/program.js") as typeof program;
  return programContext(config && ((key) => config[key]), confidential);
}

/** @throws Error in a preview in which the value is not known yet: a Promise of it would never be kept. */
async function valueOf(config: pulumi.Output<Config>): Promise<Config> {
  // The SDK has no public way to ask.
  const { isKnown } = config as unknown as { readonly isKnown: Promise<boolean> };
  if (await isKnown) return new Promise((resolve) => void config.apply(resolve));
  throw new Error(
    "The provider's settings are not known yet in this preview: use the function's Output form, which waits for them.",
  );
}
