import { z } from "zod";
import { createOnly, computed, update, type InputsOf } from "../../pulumi/fields.js";

/** The inputs of a `Collection`, and what a change of each does. */
export const fields = {
  name: update(z.string("the collection's name, as text").refine((name) => name.trim() !== "", "must not be empty")),
  adopt: createOnly(z.string("the id of an existing collection").min(1, "must be the id of an existing collection, but is empty").optional()),
  adoptByName: createOnly(z.boolean("must be true or false: whether to take over the one collection that has this name").optional()),
  forceDestroy: update(z.boolean("must be true or false: whether a destroy may delete what this stack did not put there").optional()),
  /** Whether something of it is secret, so that no word of it, and nothing that the API says, is written down or shown. The class sets it. */
  confidential: update(z.boolean().optional(), { internal: true, isLater: true }),
  /** Whose collection it is: made from the resource's URN by the class. */
  owner: computed(z.string().optional()),
  /** Always empty; makes the output of this name secret where the name is. */
  nameInApi: computed(z.string().optional()),
  /** The resource that what is shown is about, which the provider is not told otherwise. The class sets it. */
  resourceUrn: computed(z.string().optional()),
};

export type Inputs = InputsOf<typeof fields>;

/** The outputs of a `Collection`. */
export interface State {
  readonly name: string;
  /** The name as the API keeps it, where it keeps another form of what it was sent. */
  readonly nameInApi?: string | undefined;
  /** The id that the API made from the first name; a rename keeps it. At most 14 characters. */
  readonly collectionId: string;
  /** When the API made it, as it says it. Not there where it does not say. */
  readonly created?: string | undefined;
  /** Whether the name is secret. */
  readonly confidential?: boolean | undefined;
  /** Whether it was there before this resource. */
  readonly adopted?: true | undefined;
  readonly forceDestroy?: boolean | undefined;
  /** The scheme, host and port of the API that holds it. */
  readonly origin: string;
  /** Stands for the key that it was last seen with. */
  readonly account: string;
  /** Proves that a deletion is meant for what this very resource has made. */
  readonly claim: string;
}
