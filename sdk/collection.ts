import type * as pulumi from "@pulumi/pulumi";
import {
  confidentialIn,
  type Declaration,
  hasType,
  InferenceResource,
  nothingLike,
  ownerOfUrn,
  requireProperties,
  typeOf,
  urnOf,
} from "./resource.js";

/** What a `Collection` is made of. */
export interface CollectionArgs {
  /**
   * The name that people see. Required, not empty. The account keeps one collection of a name: where there is one that
   * this stack does not know, the deployment stops before anything is made. The API makes the collection's id from the
   * first name: lower case, only `a-z`, `0-9` and `_`, at most 14 characters. The id is no secret, also
   * where the name is one: it stands in the state and in messages.
   *
   * A change renames the collection in place; its id stays.
   */
  name: pulumi.Input<string>;
  /**
   * The id of an existing collection to take over instead of making one. Read only while the resource is created; a
   * collection that is not there is an error. From then on the collection is this stack's. A destroy deletes it where
   * nothing is left in it that this stack did not put there, see `forceDestroy`.
   *
   * A change of it later changes nothing.
   */
  adopt?: pulumi.Input<string>;
  /**
   * Whether to take over the one existing collection that has this `name`, instead of making one. Default: false. Read
   * only while the resource is created, in the way of `adopt`; no such collection, or several, is an error that lists
   * what there is. Not together with `adopt`.
   *
   * A change of it later changes nothing.
   */
  adoptByName?: pulumi.Input<boolean>;
  /**
   * Whether a collection that was taken over by `adopt` or `adoptByName` may be deleted with items and files that this
   * stack did not put there. Default: false, and a deletion that would lose them fails. A collection that this resource
   * has made is always deleted with all that it holds.
   *
   * A change is kept in the state alone; the preview says what a deletion would delete then.
   */
  forceDestroy?: pulumi.Input<boolean>;
}

/** How an existing collection is taken over. */
export const TAKE_OVER_COLLECTION =
  'To take over an existing collection, set adopt to its id or adoptByName: true, or have "npx vultr-inference ' +
  'adopt" write the program.';

const DECLARATION: Declaration = {
  type: typeOf("Collection"),
  room: "collection",
  like: "{ name }",
  outputs: ["name", "origin"],
  optionalOutputs: ["created"],
  takeOver: TAKE_OVER_COLLECTION,
};

/**
 * A collection of the vector store: what items and files are kept in and searches look through. Deleting it deletes all
 * that it holds, unless it was taken over, see `forceDestroy`.
 *
 * @example
 * ```ts
 * import { Collection } from "pulumi-vultr-inference";
 *
 * const handbook = new Collection("handbook", { name: "Employee handbook" });
 * export const collectionId = handbook.id;
 * ```
 */
export class Collection extends InferenceResource {
  /** The type by which policies and tools match this resource. */
  static readonly __pulumiType = DECLARATION.type;

  /** The name, as the API holds it. */
  declare readonly name: pulumi.Output<string>;
  /** The id by which the API knows the collection: the same as the resource's `id`. */
  readonly collectionId: pulumi.Output<string>;
  /** The scheme, host and port of the API that holds the collection. Against another one nothing counts as gone. */
  declare readonly origin: pulumi.Output<string>;
  /** When the API made the collection: ISO 8601. Null where the API does not say. */
  declare readonly created: pulumi.Output<string | null>;

  /**
   * Declares a collection.
   *
   * @param name The resource's name within the stack; unlike `args.name` nobody else sees it.
   */
  constructor(name: string, args: CollectionArgs, options?: pulumi.CustomResourceOptions) {
    requireProperties(DECLARATION, name, args);
    const own = options?.id === undefined ? identityOf(name, options) : {};
    super(
      DECLARATION,
      name,
      args,
      { confidential: confidentialIn(args.name), nameInApi: nothingLike(args.name), ...own },
      options,
    );
    this.collectionId = this.id;
  }

  /**
   * Looks up a collection that this stack does not manage.
   *
   * @param id The collection's id. One that does not exist fails the deployment.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Collection {
    return new Collection(name, {} as CollectionArgs, { ...options, id });
  }

  /** Whether a value is a `Collection`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is Collection {
    return hasType(value, Collection.__pulumiType);
  }
}

/** What the provider is not told otherwise: which resource this is. */
function identityOf(name: string, options: pulumi.CustomResourceOptions | undefined): object {
  const resourceUrn = urnOf(Collection.__pulumiType, name, options);
  return { owner: ownerOfUrn(resourceUrn), resourceUrn };
}
