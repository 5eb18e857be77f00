import { isDeepStrictEqual } from "node:util";
import type { Field, Fields } from "./fields.js";
import { isUnknown, REPLACE_ON_CHANGES, type Properties } from "../engine/values.js";

/** What a change of a resource's inputs means for the object in the API. */
export interface Difference {
  /** Whether anything has to be done at all. */
  readonly changes: boolean;
  /** The inputs that need a new object. Empty: an update in place is enough. */
  readonly replaces: string[];
}

/** Which inputs the resource option `replaceOnChanges` names. A path into an input stands for the whole of it. */
function askedFor({ [REPLACE_ON_CHANGES]: paths }: Properties): (name: string) => boolean {
  const names = (Array.isArray(paths) ? paths : []).map(
    (path: unknown) => /^(?:\["?)?([^.["\]]+)/u.exec(String(path))?.[1],
  );
  return (name) => names.includes(name) || names.includes("*");
}

/**
 * Compares what the state holds with what the program asks for, field by field, as the marks say.
 *
 * A value that is not known yet counts as changed but never asks for a replacement: the preview would announce the
 * loss of an object that the deployment then keeps.
 */
export function diff(fields: Fields, state: Properties, inputs: Properties): Difference {
  const changed = compared(fields)
    // What proves a resource's own came with the second format.
    .filter(([, field]) => field.isLater !== true || state["claim"] !== undefined)
    .map(([name, field]) => ({ name, field, key: field.diffKey ?? name }))
    .filter(({ key }) => !isDeepStrictEqual(state[key] ?? undefined, inputs[key] ?? undefined));
  const asked = askedFor(inputs);
  const replaces = changed.filter(
    ({ name, field, key }) =>
      (field.change === "replace" || (asked(name) && field.internal !== true)) && !isUnknown(inputs[key]),
  );
  return { changes: changed.length > 0, replaces: replaces.map(({ name }) => name) };
}

/** The fields of which a change means something for the object. */
function compared(fields: Fields): [string, Field][] {
  return Object.entries(fields).filter(([, { change }]) => change === "replace" || change === "update");
}

/** The inputs that a state tells, for a read that has found drift: they stand in for all that the program has given. */
export function inputsIn(fields: Fields, state: object): Record<string, unknown> {
  return Object.fromEntries(compared(fields).map(([name]) => [name, Reflect.get(state, name) as unknown]));
}
