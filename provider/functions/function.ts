import { z } from "zod";
import type { Context } from "../session/context.js";
import { unlessMisspelt } from "../inputs/arguments.js";
import { VultrInferenceError } from "../client/http/errors.js";
import { cleanLines, placeIn } from "../text/clean.js";
import { messageOf } from "../text/error-message.js";
import { withoutKeys } from "../engine/values.js";
import { untold } from "./untold.js";

/** What a function of the sdk does, behind its plain and its Output form. */
export interface InferenceFunction<Args, Result> {
  /**
   * Finds everything wrong with the arguments at once, without asking the API.
   *
   * @throws Error that names the function and the arguments.
   */
  check(args: Args): void;
  /** Checks the arguments and answers. */
  run(context: Context, args: Args): Promise<Result>;
  /** The answer to checked arguments, where an earlier run has recorded it. Asks nobody and costs nothing. */
  readonly recorded?: ((context: Context, args: Args) => Promise<Result | undefined>) | undefined;
}

/** What is said once for each function. */
interface Definition<Args, Result> extends Omit<InferenceFunction<Args, Result>, "check"> {
  /** As users call it. */
  readonly name: string;
  /** How each argument is checked. */
  readonly args: { readonly [Name in keyof Args]-?: z.ZodType<Args[Name]> };
}

/** Puts the check of its arguments in front of a function. */
export function defineFunction<Args extends object, Result>(
  definition: Definition<Args, Result>,
): InferenceFunction<Args, Result> {
  const { name, recorded } = definition;
  const schema = z.strictObject(definition.args, { error: unlessMisspelt("an object") });
  const check = (args: Args): void => {
    const { error } = schema.safeParse(args);
    if (error)
      throw new Error(
        `${name}: ${error.issues.map((issue) => sentence(issue, Object.keys(definition.args))).join("; ")}.`,
      );
  };
  return {
    check,
    async run(context, args) {
      check(args);
      try {
        return withoutKeys(await definition.run(context, args), context.redact);
      } catch (error) {
        throw printable(context, context.confidential ? untold(name, error) : error);
      }
    },
    recorded,
  };
}

/** An error whose words steer no terminal and hold no key. Those of the client are so already. */
function printable({ redact }: Context, error: unknown): unknown {
  return VultrInferenceError.isInstance(error)
    ? error
    : new Error(cleanLines(redact(messageOf(error))), { cause: error });
}

function sentence(issue: z.core.$ZodIssue, known: readonly string[]): string {
  const place = placeIn(issue.path);
  const name = place.replace(/^\./u, "");
  if (issue.code !== "unrecognized_keys") return `${name === "" ? "what it is given" : name} ${issue.message}`;
  const [misspelt] = issue.keys;
  if (name !== "") return `${name}.${misspelt} is not a property that it knows`;
  return `${misspelt} is not an argument that it takes; it takes ${known.length === 0 ? "none" : known.join(", ")}`;
}
