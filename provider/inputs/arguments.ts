/**
 * How arguments of functions are checked. Messages go on from the argument's name, and never repeat a text of the user.
 */
import { z } from "zod";
import { kindOf } from "../text/kind.js";

/** What zod knows of something that is wrong. */
interface Issue {
  readonly code?: string | undefined;
  readonly input?: unknown;
}

/** The end of a sentence about a value that is not what it must be. */
export function mustBe(what: string): (issue: Issue) => string {
  return ({ input }) => `must be ${what}, but is ${kindOf(input)}`;
}

/** The same for a word or a number, of which another one is no other kind of value. */
export function mustSay(what: string): (issue: Issue) => string {
  return (issue) =>
    typeof issue.input === "number" || (typeof issue.input === "string" && issue.input.trim() !== "")
      ? `must be ${what}`
      : mustBe(what)(issue);
}

/** The same for an object; a property that it should not have is told otherwise. */
export function unlessMisspelt(what: string): (issue: Issue) => string | undefined {
  return (issue) => (issue.code === "unrecognized_keys" ? undefined : mustBe(what)(issue));
}

/** A text with something in it. */
export function text(what: string): z.ZodType<string> {
  const error = mustBe(what);
  return z.string({ error }).refine((value) => value.trim() !== "", { error });
}

/** The id of a collection. */
export const collectionId = text("the id of a collection");

/** A number within bounds, which are allowed themselves. */
export function numberFrom(least: number, most: number): z.ZodType<number> {
  const error = mustSay(`a number from ${least} to ${most}`);
  return z.number({ error }).min(least, { error }).max(most, { error });
}

/** A whole number within bounds, which are allowed themselves. */
export function wholeNumberFrom(least: number, most = Number.MAX_SAFE_INTEGER): z.ZodType<number> {
  const error = mustSay(
    most === Number.MAX_SAFE_INTEGER ? `a whole number, ${least} or more` : `a whole number from ${least} to ${most}`,
  );
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** One of some values. */
export function oneOf<const Value extends string | number>(values: readonly Value[]): z.ZodType<Value> {
  return z.literal(values, { error: mustSay(`one of ${values.join(", ")}`) });
}

/** A list whose entries are checked one by one. */
export function listOf<Entry>(entry: z.ZodType<Entry>, what: string, least = 0): z.ZodType<readonly Entry[]> {
  const error = mustBe(what);
  return z.array(entry, { error }).min(least, { error });
}
