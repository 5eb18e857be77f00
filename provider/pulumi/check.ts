import { z } from "zod";
import { placeIn } from "../text/clean.js";
import { unknownProperty } from "../text/misspelt.js";
import type { Fields } from "./fields.js";
import { isUnknown, PROVIDER_KEY, REPLACE_ON_CHANGES, type Properties } from "../engine/values.js";

/** One thing wrong with a resource's inputs. The reason goes on from the property's name, and never repeats a value. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * A failure in the form in which the engine shows nothing but its reason: beside the name of a property it prints the
 * whole value, secret or not.
 */
export function withoutValue({ property, reason }: CheckFailure): CheckFailure {
  return { property: "", reason: `${property} ${reason}` };
}

/** Inputs to go on with, and everything that is wrong with them. */
export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/**
 * Validates inputs against the fields of a resource and finds everything wrong at once. Values that are not known yet
 * are passed over. No network, no clock: the engine checks one resource at a time.
 */
export function checkInputs(fields: Fields, news: Properties): CheckResult {
  const inputs = Object.fromEntries(
    Object.entries(news).filter(([name, value]) => name !== PROVIDER_KEY && value !== null),
  );
  const misspelt = Object.keys(inputs)
    .filter((name) => !Object.hasOwn(fields, name) && name !== REPLACE_ON_CHANGES)
    .map((name) => ({ property: name, reason: unknownProperty(name, settable(fields)) }));
  const invalid = Object.entries(fields).flatMap(([name, field]) => {
    if (isUnknown(inputs[name])) return [];
    const parsed = field.schema.safeParse(inputs[name]);
    if (parsed.success) return [];
    return parsed.error.issues.map((issue) => ({
      property: `${name}${placeIn(issue.path)}`,
      reason: inputs[name] === undefined ? `is required: ${issue.message}` : issue.message,
    }));
  });
  return { inputs, failures: firstOfEach([...misspelt, ...invalid]) };
}

/** One value can break several rules: of those the first says what it must be. */
function firstOfEach(failures: readonly CheckFailure[]): CheckFailure[] {
  const told = new Set<string>();
  return failures.filter(({ property }) => !told.has(property) && told.add(property));
}

function settable(fields: Fields): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.change !== "computed" && !fields[name]?.internal);
}

/** What an object takes besides its own properties: nothing, and it says which one was probably meant. */
export function misspelt(known: readonly string[], of: string): z.ZodType {
  return z.custom(() => false, { error: ({ path }) => unknownProperty(String(path?.at(-1)), known, of) });
}
