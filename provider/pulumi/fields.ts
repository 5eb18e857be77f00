import type { z } from "zod";

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
  /** The name of the computed field whose values decide whether this one changed, e.g. a hash. Default: the field itself. */
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

/** Marks a field whose change is written to the existing object; `diffKey` as above, `internal` where the class sets it. */
export function update<S extends z.ZodType>(schema: S, options: { diffKey?: string; internal?: true; isLater?: true } = {}): Field<S> {
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
