import type * as pulumi from "@pulumi/pulumi";
import { fileAt, loadable } from "./asset.js";
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

/** What a `File` is made of. */
export interface FileArgs {
  /**
   * The id of the collection that holds the file: `collection.id`. A change uploads the file again and deletes the old
   * one.
   */
  collectionId: pulumi.Input<string>;
  /**
   * The document: the path of a file, relative to the program's folder, a `FileAsset`, or a `StringAsset`, which needs
   * `filename`. Not empty; a `RemoteAsset`, an archive or a folder is refused. Only the file's hash and path enter the
   * state, of a `StringAsset` the text, too. Files of any size are sent chunk by chunk.
   *
   * A change of the bytes uploads the file again, then deletes the old one with its items. The same bytes at another
   * path are no change as long as the name is the same.
   */
  source: pulumi.Input<string | pulumi.asset.FileAsset | pulumi.asset.StringAsset>;
  /**
   * The file's name in the collection, whose ending tells the API the type: `.md`, `.txt`, `.html`, `.csv`, `.json`,
   * `.pdf`, `.docx`. At most 255 characters, no folders, no control characters. Default: the last part of the path;
   * required for a `StringAsset`.
   *
   * A change uploads the file again, then deletes the old one: the API cannot rename files.
   */
  filename?: pulumi.Input<string>;
  /**
   * Whether symbolic links in the repository that holds the program may lead out of it; without a repository, out of
   * the project's folder. Default: false, so that a pull request cannot have other files of the machine uploaded. A
   * path that the program itself spells out may be anywhere.
   *
   * A change alone does nothing.
   */
  followLinks?: pulumi.Input<boolean>;
  /**
   * Whether the deployment waits until the API has made items of the file, and fails where it cannot. Default: true.
   * With false it goes on as soon as the file is uploaded, and a later refresh brings `status`, `items` and `tokens` up
   * to date, which counts as no drift.
   *
   * A change alone does nothing to the file; where it becomes true while ingestion goes on, the deployment waits for
   * it.
   */
  waitForIngestion?: pulumi.Input<boolean>;
  /**
   * How long to wait for ingestion, in seconds: more than 0, at most 86400. Default: 600. A file that takes longer
   * fails the deployment; the next one uploads it again, unless a refresh finds it ingested meanwhile.
   *
   * A change alone does nothing.
   */
  ingestionTimeoutSeconds?: pulumi.Input<number>;
  /**
   * The id of an existing file of the collection to take over instead of uploading one: its `fileId`. Read only while
   * the resource is created; a file that is not there, or has another name, is an error. The API does not give a file's
   * bytes back, so they are taken to be those of `source`. From then on the file is this stack's.
   *
   * A change of it later changes nothing.
   */
  adopt?: pulumi.Input<string>;
}

const DECLARATION: Declaration = {
  type: typeOf("File"),
  room: "file",
  like: "{ collectionId, source }",
  outputs: ["collectionId", "fileId", "filename", "status", "items", "tokens"],
  optionalOutputs: ["contentHash", "error"],
  takeOver:
    'To take over an existing file, set adopt to its id, or have "npx vultr-inference adopt" write the program.',
};

/**
 * A document in a collection. The API splits it into items, which searches then find, after it has been uploaded. Its
 * `id` is `<collection id>/<file id>`. Not to be confused with the `File` of browsers and of `node:buffer`: a module
 * that needs both imports this one under another name.
 *
 * Where ingestion fails or takes too long, the deployment fails, and keeps the file in the state with the reason. The
 * next one uploads it again and deletes the failed one.
 *
 * @example
 * ```ts
 * import { Collection, File, searchOutput } from "pulumi-vultr-inference";
 *
 * const handbook = new Collection("handbook", { name: "Employee handbook" });
 * const travel = new File("travel", { collectionId: handbook.id, source: "documents/travel.pdf" });
 *
 * export const items = travel.items;
 * export const found = searchOutput(
 *   { collectionId: handbook.id, input: "May I fly first class?" },
 *   { dependsOn: travel },
 * );
 * ```
 */
export class File extends InferenceResource {
  /** The type by which policies and tools match this resource. */
  static readonly __pulumiType = DECLARATION.type;

  /** The id of the collection that holds the file. */
  declare readonly collectionId: pulumi.Output<string>;
  /** The file's id within its collection. */
  declare readonly fileId: pulumi.Output<string>;
  /** The file's name in the collection. */
  declare readonly filename: pulumi.Output<string>;
  /**
   * SHA-256 of the file's bytes, in hexadecimal; secret where `source` is. Null for a file that is only looked up:
   * the API does not give bytes back.
   */
  declare readonly contentHash: pulumi.Output<string | null>;
  /** How far ingestion is, in the API's words: enqueued, processing, completed or failed; others count as going on. */
  declare readonly status: pulumi.Output<string>;
  /** How many items the API has made of the file; 0 until ingestion is completed. */
  declare readonly items: pulumi.Output<number>;
  /** How many tokens embedding them cost; 0 until ingestion is completed. */
  declare readonly tokens: pulumi.Output<number>;
  /** Why ingestion failed, where the API says so, or that it took too long. Null where all is well. */
  declare readonly error: pulumi.Output<string | null>;

  /**
   * Declares a file.
   *
   * @param name The resource's name within the stack; `args.filename` is what the collection shows.
   */
  constructor(name: string, args: FileArgs, options?: pulumi.CustomResourceOptions) {
    requireProperties(DECLARATION, name, args);
    const owner = options?.id === undefined ? ownerOfUrn(urnOf(File.__pulumiType, name, options)) : undefined;
    super(
      DECLARATION,
      name,
      { ...args, source: loadable(args.source, args.followLinks, fileAt) },
      {
        contentHash: nothingLike(args.source),
        filenameInApi: nothingLike(args.filename),
        confidential: confidentialIn(args.source, args.filename),
        owner,
      },
      options,
    );
  }

  /**
   * Looks up a file that this stack does not manage.
   *
   * @param id `<collection id>/<file id>`. One that does not exist fails the deployment.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): File {
    return new File(name, {} as FileArgs, { ...options, id });
  }

  /** Whether a value is a `File`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is File {
    return hasType(value, File.__pulumiType);
  }
}
