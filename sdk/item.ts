import * as pulumi from "@pulumi/pulumi";
import { sha256 } from "../provider/inputs/hash.js";
import { loadable } from "./asset.js";
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

/** What an `Item` is made of. */
export interface ItemArgs {
  /**
   * The id of the collection that holds the item: `collection.id`. A change makes a new item and deletes the old one.
   */
  collectionId: pulumi.Input<string>;
  /**
   * The text that searches find, not empty, at most about 512 tokens (roughly 350 English words); longer text is
   * refused, in the preview where it is longer for certain: more than 512 words, or more than 64 KiB.
   * A `FileAsset` (UTF-8) keeps the text out of the state, `pulumi.secret` keeps it there encrypted.
   *
   * The API cannot change content: a change of the text makes a new item, then deletes the old one. Moving the same
   * text to another file is no change.
   */
  content: pulumi.Input<string | pulumi.asset.Asset>;
  /**
   * Whether symbolic links in the repository that holds the program may lead out of it; without a repository, out of
   * the project's folder. Default: false, so that a pull request cannot have other files of the machine uploaded. A
   * path that the program itself spells out may be anywhere.
   *
   * A change alone does nothing.
   */
  followLinks?: pulumi.Input<boolean>;
  /**
   * A title for people who browse the collection; searches do not look at it. Not empty. Default: the beginning of the
   * content, which then counts as not declared, so that nobody's change of it is drift.
   *
   * A change is made in place. In the API a tag stands before it that says which resource manages the item.
   */
  description?: pulumi.Input<string>;
  /**
   * The id of an existing item of the collection to take over instead of making one: its `itemId`. Read only while the
   * resource is created; an item that is not there, or has other content, is an error. The tag is put in front of its
   * description, which stays as it is where none is declared. From then on the item is this stack's.
   *
   * A change of it later changes nothing.
   */
  adopt?: pulumi.Input<string>;
}

const DECLARATION: Declaration = {
  type: typeOf("Item"),
  room: "item",
  like: "{ collectionId, content }",
  outputs: ["collectionId", "itemId", "contentHash", "created", "tokens"],
  optionalOutputs: ["description"],
  takeOver:
    'To take over an existing item, set adopt to its id, or have "npx vultr-inference adopt" write the program.',
};

/**
 * A chunk of text in a collection, found by its meaning. Its `id` is `<collection id>/<item id>`.
 *
 * @example
 * ```ts
 * import { Collection, Item } from "pulumi-vultr-inference";
 *
 * const faq = new Collection("faq", { name: "FAQ" });
 * new Item("returns", {
 *   collectionId: faq.id,
 *   content: "You can send back anything within 30 days, free of charge.",
 *   description: "How returns work",
 * });
 * ```
 */
export class Item extends InferenceResource {
  /** The type by which policies and tools match this resource. */
  static readonly __pulumiType = DECLARATION.type;

  /** The id of the collection that holds the item. */
  declare readonly collectionId: pulumi.Output<string>;
  /** The declared description without the tag; null where none is declared. */
  declare readonly description: pulumi.Output<string | null>;
  /** The item's id within its collection, as searches answer it. */
  declare readonly itemId: pulumi.Output<string>;
  /** SHA-256 of the content's UTF-8 bytes, in hexadecimal; secret where the content is. */
  declare readonly contentHash: pulumi.Output<string>;
  /** When the API made the item: ISO 8601. */
  declare readonly created: pulumi.Output<string>;
  /** Tokens that embedding the content cost; 0 where an item of an interrupted deployment was taken over. */
  declare readonly tokens: pulumi.Output<number>;

  /**
   * Declares an item.
   *
   * @param name The resource's name within the stack. A rename without `aliases` makes a new item.
   */
  constructor(name: string, args: ItemArgs, options?: pulumi.CustomResourceOptions) {
    requireProperties(DECLARATION, name, args);
    super(
      DECLARATION,
      name,
      { ...args, content: loadable(args.content, args.followLinks, (text) => text) },
      {
        contentHash: hashOf(args.content),
        descriptionInApi: nothingLike(args.description),
        confidential: confidentialIn(args.content, args.description),
        owner: ownerInput(name, options),
      },
      options,
    );
  }

  /**
   * Looks up an item that this stack does not manage.
   *
   * @param id `<collection id>/<item id>`. One that does not exist fails the deployment.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Item {
    return new Item(name, {} as ItemArgs, { ...options, id });
  }

  /** Whether a value is an `Item`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is Item {
    return hasType(value, Item.__pulumiType);
  }
}

/** The content's hash, secret where the content is. Of an asset the engine knows it: the provider fills it in. */
function hashOf(content: ItemArgs["content"] | undefined): pulumi.Input<string | undefined> {
  if (typeof content === "string") return sha256(content);
  return pulumi.output(content).apply((value) => (typeof value === "string" ? sha256(value) : undefined));
}

/** What stands for this resource in the item's tag; a resource that is only read has none. */
function ownerInput(name: string, options: pulumi.CustomResourceOptions | undefined): pulumi.Input<string> | undefined {
  if (options?.id !== undefined) return undefined;
  return ownerOfUrn(urnOf(Item.__pulumiType, name, options));
}
