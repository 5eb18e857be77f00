import * as pulumi from "@pulumi/pulumi";
import { declared } from "../provider/inputs/declared-source.js";
import type { DocumentDrift } from "../provider/resources/documents/drift.js";
import {
  confidentialIn,
  type Declaration,
  hasType,
  InferenceResource,
  ownerOfUrn,
  requireProperties,
  typeOf,
  urnOf,
} from "./resource.js";

/** A document in the program itself. */
export interface DocumentText {
  /**
   * Its name among the documents, unlike every other. The ending says how the text is read: `md`, `txt`, `html`, `csv`,
   * `json` and so on; without one it is Markdown.
   */
  name: pulumi.Input<string>;
  /** The text. It never enters the state, where only its hash stands. */
  text: pulumi.Input<string>;
}

/** A folder of documents, or a part of one. */
export interface DocumentsFolder {
  /**
   * Its path; relative ones count from the program's folder. Hidden files, `node_modules` and what `.gitignore` files
   * name are left out. A moved folder with equal documents is no change.
   */
  folder: pulumi.Input<string>;
  /**
   * Globs, relative to the folder, of what belongs to it, such as `guides/**` or `*.md`. Default: every document that
   * can be read, by the ending of its name in any case, and text without one, such as `README`. The preview counts what
   * is not read.
   */
  include?: pulumi.Input<pulumi.Input<string>[]>;
  /** Globs of what does not belong to it. Default: nothing. */
  exclude?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Whether symbolic links in the repository that holds the program may lead out of it; without a repository, out of
   * the project's folder; and where `folder` lies elsewhere, out of `folder`. Default: false, so that a pull request
   * cannot have other files of the machine uploaded. A path that the program itself spells out may be anywhere.
   */
  followLinks?: pulumi.Input<boolean>;
}

/** Documents in the program itself. */
export interface DocumentsTexts {
  /** The documents. */
  texts: pulumi.Input<pulumi.Input<DocumentText>[]>;
}

/** Where documents come from: the path of a folder, a part of one, or texts. */
export type DocumentsSource = string | DocumentsFolder | DocumentsTexts;

/** What `Documents` are made of. */
export interface DocumentsArgs {
  /**
   * The id of the collection that holds them: `collection.id`. A change uploads all of them there and then deletes the
   * old ones.
   */
  collectionId: pulumi.Input<string>;
  /**
   * The documents. Of a change only the chunks that it touches are embedded again: a document that only changed its
   * name is updated at no cost. At least one document, unless `maxDeletePercent` is 100.
   *
   * With the resource option `ignoreChanges: ["source"]` they are deployed once and then left alone, whatever becomes
   * of the source or of the items: refreshes and previews tell what differs, and nothing fixes it.
   */
  source: pulumi.Input<DocumentsSource>;
  /**
   * Tokens of a chunk at most, by a careful estimate: 64 to 512. Default: 384. The API takes about 512 by its own
   * count; a chunk that it finds too long is split once more. A change splits all documents again.
   */
  maxTokens?: pulumi.Input<number>;
  /**
   * Tokens with which a chunk repeats the end of the one before, under the same heading: less than half of `maxTokens`.
   * Default: 0. A change splits all documents again.
   */
  overlapTokens?: pulumi.Input<number>;
  /**
   * What becomes of items of the collection that nothing of this provider manages. `"ignore"`, the default, leaves
   * them; `"report"` warns of them and counts them in `unmanagedItems`; `"prune"` does, too, and the next deployment
   * deletes what it has told of and still nothing manages, unless the collection holds files, whose chunks cannot be
   * told from them.
   */
  unmanaged?: pulumi.Input<"ignore" | "report" | "prune">;
  /**
   * What a refresh believes. `"tags"`, the default, the tags in the descriptions: one request, and enough, since the
   * API cannot change content. `"sample"` also reads 20 contents, `"all"` every one, a request each.
   */
  verify?: pulumi.Input<"tags" | "sample" | "all">;
  /**
   * What becomes of documents that cannot be read, such as a damaged PDF. `"fail"`, the default, fails the preview,
   * which names all of them; `"skip"` deploys the others, where there are any, and warns of each: what the collection
   * holds of it is deleted. A change alone does nothing.
   */
  onUnreadable?: pulumi.Input<"fail" | "skip">;
  /**
   * How many of the deployed documents a deployment may delete or leave without a text, in percent: 0 to 100. Default:
   * 50. One that would delete more fails in the preview. 100 also allows that there is no document at all. A change
   * alone does nothing.
   */
  maxDeletePercent?: pulumi.Input<number>;
  /**
   * How many tokens a deployment may embed, by the estimate. Default: no limit. One that would embed more fails in the
   * preview. A change alone does nothing.
   */
  tokenBudget?: pulumi.Input<number>;
}

const DECLARATION: Declaration = {
  type: typeOf("Documents"),
  room: "documents",
  like: "{ collectionId, source }",
  outputs: ["collectionId", "manifest", "revision", "tokens", "documentCount", "chunkCount"],
  optionalOutputs: ["drift", "unmanagedItems"],
  takeOver:
    'Existing items are taken over one by one, each by an Item with adopt: "npx vultr-inference adopt" writes ' +
    "the program.",
};

/**
 * A folder of documents in a collection, thousands of them as one resource. They are read (Markdown, text, HTML, CSV,
 * JSON, PDF, DOCX), split at headings, paragraphs and sentences, and each chunk becomes an item whose description says
 * which document and section it is of. The preview shows what changes in which section and how many tokens that costs.
 *
 * New chunks go in before old ones go out. A deployment that is killed goes on where it was, and uploads nothing twice.
 * A refresh costs one request and tells which documents differ; the next `pulumi up` fixes exactly those. Several
 * `Documents`, `Item`s and `File`s on one collection leave each other alone.
 *
 * @example
 * ```ts
 * import { Collection, Documents } from "pulumi-vultr-inference";
 *
 * const handbook = new Collection("handbook", { name: "Handbook" });
 * const documents = new Documents("handbook-docs", {
 *   collectionId: handbook.id,
 *   source: { folder: "docs", exclude: ["drafts"] },
 *   tokenBudget: 200_000,
 * });
 * export const revision = documents.revision;
 * ```
 */
export class Documents extends InferenceResource {
  /** The type by which policies and tools match this resource. */
  static readonly __pulumiType = DECLARATION.type;

  /** The id of the collection that holds the documents. */
  declare readonly collectionId: pulumi.Output<string>;
  /**
   * What the collection holds of each document, a line each: item ids and hashes, in a compact form that may change.
   * Secret where the source is.
   */
  declare readonly manifest: pulumi.Output<string>;
  /** Stands for the content: it changes when a chunk of a document does. Give it to a `RetrievalTest`. */
  declare readonly revision: pulumi.Output<string>;
  /** Estimated tokens of all documents. */
  declare readonly tokens: pulumi.Output<number>;
  /** How many documents there are. */
  declare readonly documentCount: pulumi.Output<number>;
  /** How many items they are in the collection. */
  declare readonly chunkCount: pulumi.Output<number>;
  /**
   * What the last refresh found to be otherwise, by document, as in `{ missing: 2, sections: ["Linux"] }`. Null where
   * nothing is.
   */
  declare readonly drift: pulumi.Output<Readonly<Record<string, DocumentDrift>> | null>;
  /** Items of the collection that nothing manages. Null where `unmanaged` is `"ignore"`. */
  declare readonly unmanagedItems: pulumi.Output<number | null>;

  /**
   * Declares documents.
   *
   * @param name The resource's name within the stack. A rename without `aliases` uploads all again.
   */
  constructor(name: string, args: DocumentsArgs, options?: pulumi.CustomResourceOptions) {
    requireProperties(DECLARATION, name, args);
    const source = pulumi.output(args.source);
    // Nothing, which the provider fills in; but secret where the source is.
    const nothing = source.apply(() => undefined);
    const resourceUrn = urnOf(Documents.__pulumiType, name, options);
    const sourceIgnored =
      options?.ignoreChanges?.some((path) => path === "source" || path === "*") === true || undefined;
    const computed = {
      documents: nothing,
      sourceIgnored,
      manifest: nothing,
      confidential: confidentialIn(source),
      owner: ownerOfUrn(resourceUrn),
      resourceUrn,
    };
    super(DECLARATION, name, args, { source: source.apply(packed), ...computed }, options);
  }

  /** Whether a value is `Documents`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is Documents {
    return hasType(value, Documents.__pulumiType);
  }
}

/**
 * Puts texts into an asset, in whose place the provider leaves their hash, and marks what else the program gives as its
 * own.
 */
function packed(source: pulumi.Unwrap<DocumentsSource> | undefined): unknown {
  if (typeof source !== "object" || !("texts" in source)) return declared(source);
  return { ...source, texts: new pulumi.asset.StringAsset(textOf(source.texts)) };
}

/** What is no text in JSON is not there, as the provider's check says. */
function textOf(texts: unknown): string {
  return texts === undefined ? "null" : JSON.stringify(texts);
}
