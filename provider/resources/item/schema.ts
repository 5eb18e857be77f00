import { z } from "zod";
import { contentSchema } from "../../inputs/content.js";
import { createOnly, computed, replace, update, type InputsOf } from "../../pulumi/fields.js";

/** The inputs of an `Item`, and what a change of each does. */
export const fields = {
  collectionId: replace(z.string("the id of the collection that holds the item").min(1, "must be the id of a collection, but is empty")),
  content: replace(contentSchema, { diffKey: "contentHash" }),
  description: update(z.string("must be text").min(1, "must not be empty: leave it out for a title made from the content").optional()),
  followLinks: createOnly(z.boolean("must be true or false: whether links within the repository may lead out of it").optional()),
  adopt: createOnly(
    z
      .string("the id of an existing item of the collection")
      .regex(/^[^/]+$/u, "must be the id of an existing item within its collection, without a slash")
      .optional(),
  ),
  /** Whose item it is: made from the resource's URN by the class. A renamed resource takes its tag along. */
  owner: update(z.string("the tag of the managing resource").length(12), { internal: true }),
  /** Whether something of it is secret, so that no word of it, and nothing that the API says, is written down or shown. The class sets it. */
  confidential: update(z.boolean().optional(), { internal: true, isLater: true }),
  /** Always empty; makes the output of this name secret where the description is. */
  descriptionInApi: computed(z.string().optional()),
  contentHash: computed(z.string().optional()),
};

export type Inputs = InputsOf<typeof fields> & { contentHash: string };

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
  /** The description as the API keeps it, where it keeps another form of what it was sent. */
  readonly descriptionInApi?: string | undefined;
  /** Whether content or description are secret. */
  readonly confidential?: boolean | undefined;
  /** The owner that the item's tag names; empty where the tag is gone. */
  readonly owner: string;
  /** What proves the item to be this resource's; empty where another one has taken it over. In a state of the first format `generation`. */
  readonly claim?: string | undefined;
  readonly generation?: number | undefined;
  /** Claims of interrupted creations of this resource. What they make late is its own. */
  readonly formerClaims?: readonly string[] | undefined;
  /** The ids of other items with this resource's claim: a request whose answer was lost has made them late. The next deployment deletes them. */
  readonly leftovers?: readonly string[] | undefined;
  /** Whether the content came from an asset, so that its text must never enter the state. */
  readonly asset?: true | undefined;
  /** The scheme, host and port of the API that holds it; a state of the first format does not say. */
  readonly origin?: string | undefined;
  /** Stands for the key that it was last seen with. */
  readonly account?: string | undefined;
}
