import { z } from "zod";
import { isUnknown, UNKNOWN, type Properties } from "../../engine/values.js";
import { contentHash, contentFileProblem, contentSchema, type Content } from "../../inputs/content.js";
import type { OwnedState } from "../../ownership/claim.js";
import { checkInputs, type CheckResult } from "../../pulumi/check.js";
import {
  adoptedId,
  collectionId,
  computed,
  confidential,
  followLinks,
  owner,
  replace,
  update,
} from "../../pulumi/fields.js";
import type { InputsOf } from "../../pulumi/fields.js";

const EMPTY_DESCRIPTION = "must not be empty: leave it out for a title made from the content";

/** The inputs of an `Item`, and what a change of each does. */
export const fields = {
  collectionId: replace(collectionId("holds the item")),
  content: replace(contentSchema, { diffKey: "contentHash" }),
  description: update(z.string("must be text").min(1, EMPTY_DESCRIPTION).optional()),
  followLinks,
  adopt: adoptedId("item"),
  owner,
  confidential,
  /** Always empty; makes the output of this name secret where the description is. */
  descriptionInApi: computed(z.string().optional()),
  contentHash: computed(z.string().optional()),
};

export type Inputs = InputsOf<typeof fields> & { contentHash: string };

/** The outputs of an `Item`. The content is not among them: it stands in the inputs alone. */
export interface State extends OwnedState {
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
  readonly owner: string;
  /**
   * The ids of other items with this resource's claim: a request whose answer was lost has made them late. The next
   * deployment deletes them.
   */
  readonly leftovers?: readonly string[] | undefined;
  /** Whether the content came from an asset, so that its text must never enter the state. */
  readonly asset?: true | undefined;
}

/** Validates an item's inputs; adds its content's hash. */
export function check(_olds: Properties, news: Properties): CheckResult {
  const { inputs, failures } = checkInputs(fields, news);
  const hash = hashOf(inputs["content"], failures.length > 0);
  const ofFile = contentFileProblem(inputs["content"], { followLinks: inputs["followLinks"] === true });
  return {
    inputs: { ...inputs, contentHash: hash, ...(inputs["confidential"] === true && { descriptionInApi: "" }) },
    failures: ofFile === undefined ? failures : [...failures, { property: "content", reason: ofFile }],
  };
}

function hashOf(content: unknown, invalid: boolean): string | undefined {
  if (isUnknown(content)) return UNKNOWN;
  return invalid ? undefined : contentHash(content as Content);
}
