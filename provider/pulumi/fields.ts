import { z } from "zod";
import type { Properties } from "../engine/values.js";
import { kindOf } from "../text/kind.js";

/**
 * What a change of a field does to the object in the API. The mark stands beside the field's schema; `diff` and the
 * docs' table read the same marks.
 *
 * - `replace`: a new object is made, then the old one is deleted.
 * - `update`: the object is changed in place.
 * - `create-only`: read when the object is made; adding, changing or removing it later is no change.
 * - `deploy-only`: read whenever the resource is deployed; a change of it alone is none.
 * - `computed`: follows from other fields and is compared under their names only.
 */
export type Change = "replace" | "update" | "create-only" | "deploy-only" | "computed";

/** One input of a resource: how it is validated and what a change of it does. */
export interface Field<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly change: Change;
  /**
   * The name of the computed field whose values decide whether this one changed, e.g. a hash. Default: the field
   * itself.
   */
  readonly diffKey?: string;
  /** Whether the class sets it, so that nobody is told to. */
  readonly internal?: true;
  /** Whether states of the first format do not say it, so that nothing can be concluded from them. */
  readonly isLater?: true;
}

/** All inputs of a resource by name. */
export type Fields = Readonly<Record<string, Field>>;

/** The values of checked inputs. */
export type InputsOf<F extends Fields> = z.output<z.ZodObject<{ -readonly [K in keyof F]: F[K]["schema"] }>>;

/** Marks a field whose change makes a new object; `diffKey` names the computed field that tells a change. */
export function replace<S extends z.ZodType>(schema: S, options: { diffKey?: string } = {}): Field<S> {
  return { schema, change: "replace", ...options };
}

/**
 * Marks a field whose change is written to the existing object; `diffKey` as above, `internal` where the class sets it.
 */
export function update<S extends z.ZodType>(
  schema: S,
  options: { diffKey?: string; internal?: true; isLater?: true } = {},
): Field<S> {
  return { schema, change: "update", ...options };
}

/** Marks a field that matters only while the object is made. */
export function createOnly<S extends z.ZodType>(schema: S): Field<S> {
  return { schema, change: "create-only" };
}

/** Marks a field that steers each deployment, and leaves no trace in the object. */
export function deployOnly<S extends z.ZodType>(schema: S): Field<S> {
  return { schema, change: "deploy-only" };
}

/** Marks a field that `check` computes from others. */
export function computed<S extends z.ZodType>(schema: S): Field<S> {
  return { schema, change: "computed" };
}

/** A text with something in it. @param what follows "must be", and where it is missing "is required:". */
export function someText(what: string): z.ZodString {
  const error = ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? what : `must be ${what}, but is ${kindOf(input)}`;
  return z.string({ error }).regex(/\S/u, { error });
}

/** The id of the collection that something is in. @param what - goes on from "the id of the collection that". */
export function collectionId(what: string): z.ZodString {
  return someText(`the id of the collection that ${what}`);
}

/** The id of an item or a file that is to be taken over. */
export function adoptedId(kind: "item" | "file"): Field<z.ZodOptional<z.ZodString>> {
  const problem = `must be the id of an existing ${kind} within its collection, without a slash`;
  return createOnly(
    someText(`the id of an existing ${kind} of the collection`)
      .regex(/^[^/]+$/u, problem)
      .optional(),
  );
}

/** Whether links lead out of the repository. */
export const followLinks = createOnly(
  z.boolean("must be true or false: whether links within the repository may lead out of it").optional(),
);

/**
 * Whether something of a resource is secret, so that no word of it, and nothing that the API says, is written down or
 * shown. The class sets it.
 */
export const confidential = update(z.boolean().optional(), { internal: true, isLater: true });

/** The resource that what is shown is about, which the provider is not told otherwise. The class sets it. */
export const resourceUrn = computed(z.string().optional());

/** The resource that a report is about. */
export function urnOf(inputs: Properties): string | undefined {
  const urn = inputs["resourceUrn"];
  return typeof urn === "string" ? urn : undefined;
}

/** Whose item it is: made from the resource's URN by the class. A renamed resource takes its tag along. */
export const owner = update(z.string("the tag of the managing resource").length(12), { internal: true });
