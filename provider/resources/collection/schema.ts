import { z } from "zod";
import type { Properties } from "../../engine/values.js";
import type { OwnedState } from "../../ownership/claim.js";
import { computed, confidential, createOnly, resourceUrn, update, type InputsOf } from "../../pulumi/fields.js";

const EXISTING = "must be the id of an existing collection, but is empty";
const BY_NAME = "must be true or false: whether to take over the one collection that has this name";
const FORCE_DESTROY = "must be true or false: whether a destroy may delete what this stack did not put there";

/** The inputs of a `Collection`, and what a change of each does. */
export const fields = {
  name: update(z.string("the collection's name, as text").refine((name) => name.trim() !== "", "must not be empty")),
  adopt: createOnly(z.string("the id of an existing collection").min(1, EXISTING).optional()),
  adoptByName: createOnly(z.boolean(BY_NAME).optional()),
  forceDestroy: update(z.boolean(FORCE_DESTROY).optional()),
  confidential,
  /** Whose collection it is: made from the resource's URN by the class. */
  owner: computed(z.string().optional()),
  /** Always empty; makes the output of this name secret where the name is. */
  nameInApi: computed(z.string().optional()),
  resourceUrn,
};

export type Inputs = InputsOf<typeof fields>;

/** The outputs of a `Collection`. */
export interface State extends OwnedState {
  readonly name: string;
  /** The name as the API keeps it, where it keeps another form of what it was sent. */
  readonly nameInApi?: string | undefined;
  /** The id that the API made from the first name; a rename keeps it. At most 14 characters. */
  readonly collectionId: string;
  /** When the API made it, as it says it. Not there where it does not say. */
  readonly created?: string | undefined;
  /** Whether it was there before this resource. */
  readonly adopted?: true | undefined;
  readonly forceDestroy?: boolean | undefined;
  readonly origin: string;
  readonly account: string;
  readonly claim: string;
}

/** The resource that a report is about. */
export function urnOf(inputs: Properties): string | undefined {
  const urn = inputs["resourceUrn"];
  return typeof urn === "string" ? urn : undefined;
}
