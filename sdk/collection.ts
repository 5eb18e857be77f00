import type * as pulumi from "@pulumi/pulumi";
import { hasType, InferenceResource, typeOf } from "./resource.js";

/** What a `Collection` is made of. */
export interface CollectionArgs {
  /**
   * The name that people see. Required, not empty; names need not be unique. The API makes the collection's id from the
   * first name: lower case, only `a-z`, `0-9` and `_`, at most 14 characters.
   *
   * A change renames the collection in place; its id stays.
   */
  name: pulumi.Input<string>;
  /**
   * The id of an existing collection to take over instead of making one. Read only while the resource is created; a
   * collection that is not there is an error. From then on the collection is this stack's, and a destroy deletes it,
   * unless the resource option `protect` or `retainOnDelete` is set.
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
}

/**
 * A collection of the vector store: what items and files are kept in and searches look through. Deleting it deletes all
 * that it holds.
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
  static readonly __pulumiType = typeOf("Collection");

  /** The name, as the API holds it. */
  declare readonly name: pulumi.Output<string>;
  /** The id by which the API knows the collection: the same as the resource's `id`. */
  readonly collectionId: pulumi.Output<string>;
  /** The scheme, host and port of the API that holds the collection. Against another one the stack refuses to work. */
  declare readonly origin: pulumi.Output<string>;

  /**
   * Declares a collection.
   *
   * @param name The resource's name within the stack; unlike `args.name` nobody else sees it.
   */
  constructor(name: string, args: CollectionArgs, options?: pulumi.CustomResourceOptions) {
    super({ type: Collection.__pulumiType, room: "collection", outputs: ["name", "origin"] }, name, args, options);
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
