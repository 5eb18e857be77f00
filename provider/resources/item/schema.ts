import { z } from "zod";
import { contentSchema } from "../../content.js";
import { createOnly, derived, replace, update, type InputsOf } from "../../fields.js";

/** The inputs of an `Item`, and what a change of each does. */
export const fields = {
  collectionId: replace(z.string("the id of the collection that holds the item").min(1, "must be the id of a collection, but is empty")),
  content: replace(contentSchema, { comparedBy: "contentHash" }),
  description: update(z.string("must be text").min(1, "must not be empty: leave it out for a title made from the content").optional()),
  adopt: createOnly(
    z
      .string("the id of an existing item of the collection")
      .regex(/^[^/]+$/u, "must be the id of an existing item within its collection, without a slash")
      .optional(),
  ),
  /** Whose item it is: made from the resource's URN by the class, and kept once stored, so that a rename changes nothing. */
  owner: update(z.string("the mark of the managing resource").length(12), { internal: true }),
  contentHash: derived(z.string().optional()),
  generation: derived(z.int().min(0).optional()),
};

export type Inputs = InputsOf<typeof fields> & { contentHash: string; generation: number };

/** The outputs of an `Item`. The content is not among them: it stands in the inputs alone. */
export interface State {
  readonly collectionId: string;
  readonly itemId: string;
  /** SHA-256 of the content. */
  readonly contentHash: string;
  /** When the API made the item, as it says it: ISO 8601. */
  readonly created: string;
  /** Tokens that embedding it cost; 0 where an existing item was taken over. */
  readonly tokens: number;
  /** The declared description, or the one found in its place. Not there where none is declared. */
  readonly description?: string | undefined;
  /** The owner that the item's marker names; empty where the marker is gone. */
  readonly owner: string;
  readonly generation: number;
  /** Whether the content came from an asset, so that its text must never enter the state. */
  readonly asset?: true | undefined;
}
