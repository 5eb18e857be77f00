import { z } from "zod";
import { createOnly, update, type InputsOf } from "../../fields.js";

/** The inputs of a `Collection`, and what a change of each does. */
export const fields = {
  name: update(z.string("the collection's name, as text").refine((name) => name.trim() !== "", "must not be empty")),
  adopt: createOnly(z.string("the id of an existing collection").min(1, "must be the id of an existing collection, but is empty").optional()),
  adoptByName: createOnly(z.boolean("must be true or false: whether to take over the one collection that has this name").optional()),
};

export type Inputs = InputsOf<typeof fields>;

/** The outputs of a `Collection`. */
export interface State {
  readonly name: string;
  /** The id that the API made from the first name; a rename keeps it. At most 14 characters. */
  readonly collectionId: string;
  /** The scheme, host and port of the API that holds it. */
  readonly origin: string;
}
