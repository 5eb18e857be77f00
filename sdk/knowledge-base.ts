import * as pulumi from "@pulumi/pulumi";
import { located, type KnowledgeHit } from "../provider/functions/located.js";
import { Collection, TAKE_OVER_COLLECTION, type CollectionArgs } from "./collection.js";
import { Documents, type DocumentsArgs } from "./documents.js";
import { File, type FileArgs } from "./file.js";
import {
  listItemsOutput,
  ragCompletionOutput,
  searchOutput,
  type ChatCompletionResult,
  type FunctionOutputOptions,
  type PaidFunctionOutputOptions,
  type InputsOf,
  type RagCompletionArgs,
  type SearchArgs,
} from "./functions/index.js";
import { requireKnowledgeBaseArgs } from "./knowledge-base-args.js";
import { Provider } from "./provider.js";
import { hasType, isProperties, refuseImport } from "./resource.js";
import { RetrievalTest, type RetrievalCase, type RetrievalTestArgs } from "./retrieval-test.js";

export type { KnowledgeHit } from "../provider/functions/located.js";

/** What a `KnowledgeBase` is made of. */
export interface KnowledgeBaseArgs extends CollectionArgs {
  /**
   * The documents: the path of a folder, or what `Documents` takes besides the collection, as in
   * `{ source: { folder: "docs", exclude: ["drafts"] }, tokenBudget: 200_000 }`. A change of them is made chunk by
   * chunk.
   */
  documents?: string | Omit<DocumentsArgs, "collectionId">;
  /**
   * Documents that the API splits itself, by a name for each within the knowledge base: paths or assets, or what `File`
   * takes besides the collection. A change of a name or of the content uploads the file again.
   */
  files?: Readonly<Record<string, string | pulumi.asset.FileAsset | Omit<FileArgs, "collectionId">>>;
  /**
   * What must be answered: questions with what must be found, or what `RetrievalTest` takes besides the collection, as
   * in `{ cases, onFailure: "warn" }`. They are asked when the content or the questions have changed, and fail the
   * deployment where they are not answered.
   */
  questions?: readonly RetrievalCase[] | Omit<RetrievalTestArgs, "collectionId" | "revision">;
}

/** How a question is asked. */
export interface AskArgs extends Omit<RagCompletionArgs, "collectionId" | "messages" | "model"> {
  /** The id of the chat model, as `listModels` answers it. */
  readonly model: string;
}

const TYPE = "vultr-inference:index:KnowledgeBase";

/**
 * A collection with a folder of documents, files and the questions that they must answer, as one component. Its parts
 * are resources called `<name>`, `<name>-documents`, `<name>-<file>` and `<name>-questions`.
 *
 * Deleting it deletes its parts, chunk by chunk, and then the collection with all that it holds; one that was taken
 * over goes only where nothing of others is in it. The options `protect`, `retainOnDelete`, `aliases`, `dependsOn`,
 * `provider` and `providers` reach all parts.
 *
 * @example
 * ```ts
 * import { KnowledgeBase } from "pulumi-vultr-inference";
 *
 * const handbook = new KnowledgeBase("handbook", {
 *   name: "Handbook",
 *   documents: "docs",
 *   files: { travel: "documents/travel.pdf" },
 * questions: [{ query: "How do I install it on Linux?", expect: { document: "guide/install.md", section: "Linux" } }],
 * });
 *
 * export const collectionId = handbook.collectionId;
 * export const best = handbook.search("May I fly first class?").apply(([hit]) => hit?.document);
 * ```
 */
export class KnowledgeBase extends pulumi.ComponentResource {
  /** The type by which policies and tools match this component. */
  static readonly __pulumiType = TYPE;

  /** The id by which the API knows the collection. */
  readonly collectionId: pulumi.Output<string>;
  /** Stands for the content: it changes when a chunk of a document or a file does. */
  readonly revision: pulumi.Output<string>;
  /** The share of what the questions expect that was found: 0 to 1. Null without questions. */
  readonly recall: pulumi.Output<number | null>;
  /** The mean reciprocal rank of what the questions expect. Null without questions. */
  readonly mrr: pulumi.Output<number | null>;
  /** The collection. */
  readonly collection: Collection;
  /** The documents; not there where none are declared. */
  readonly documents: Documents | undefined;
  /** The files, by their names. */
  readonly files: Readonly<Record<string, File>>;
  /** The test; not there without questions. */
  readonly test: RetrievalTest | undefined;

  readonly #provider: Provider | undefined;

  /**
   * Declares a knowledge base.
   *
   * @param name The component's name within the stack. A rename with `aliases` changes tags in the API, and embeds
   * nothing.
   */
  constructor(name: string, args: KnowledgeBaseArgs, options: pulumi.ComponentResourceOptions = {}) {
    refuseImport({ type: TYPE, takeOver: TAKE_OVER_COLLECTION }, name, options);
    requireKnowledgeBaseArgs(TYPE, name, args);
    super(TYPE, name, {}, options);
    const { documents, files = {}, questions, ...collection } = args;
    const own = defined({ parent: this, protect: options.protect, retainOnDelete: options.retainOnDelete });
    this.collection = new Collection(name, collection, { ...own, ...defined({ dependsOn: options.dependsOn }) });
    this.collectionId = this.collection.id;

    const collectionId = this.collectionId;
    this.documents =
      documents === undefined
        ? undefined
        : new Documents(
            `${name}-documents`,
            { ...(typeof documents === "string" ? { source: documents } : documents), collectionId },
            own,
          );
    const made = Object.entries(files).map(
      ([file, source]) =>
        [
          file,
          new File(`${name}-${file}`, { ...(isProperties(source) ? source : { source }), collectionId }, own),
        ] as const,
    );
    this.files = Object.fromEntries(made);
    this.revision = revisionOf(this.documents, made);

    const asked = questions === undefined || "cases" in questions ? questions : { cases: questions };
    const dependsOn = this.#content;
    this.test =
      asked &&
      new RetrievalTest(
        `${name}-questions`,
        { ...asked, collectionId, revision: this.revision },
        { ...own, dependsOn },
      );
    this.recall = pulumi.output(this.test?.recall ?? null);
    this.mrr = pulumi.output(this.test?.mrr ?? null);
    this.#provider = providerOf(options);
    this.registerOutputs({ collectionId, revision: this.revision, recall: this.recall, mrr: this.mrr });
  }

  /** Whether a value is a `KnowledgeBase`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is KnowledgeBase {
    return hasType(value, TYPE);
  }

  /**
   * Searches, once the content is there, for what is closest in meaning to a text, best first, and says which document
   * and section each hit is from. In a preview in which the content changes, the result is unknown. It costs the tokens
   * of the question, in previews, too.
   *
   * @param how `limit`, the most hits, and `rerank`, which gives each a `score`: as in `search`. Default: all hits.
   */
  search(
    input: pulumi.Input<string>,
    how: InputsOf<Pick<SearchArgs, "limit" | "rerank">> = {},
  ): pulumi.Output<readonly KnowledgeHit[]> {
    const { results } = searchOutput({ ...how, collectionId: this.collectionId, input }, this.#waiting());
    const { items } = listItemsOutput({ collectionId: this.collectionId }, this.#waiting());
    return pulumi.all([results, items]).apply(([hits, listed]) => located(hits, listed));
  }

  /**
   * Has a model answer a question from the content, once that is there. Charged by the token in each `pulumi up`;
   * unknown in previews unless `runInPreview` is set. With `temperature: 0`, the default here, the same question tends
   * to be answered alike.
   */
  ask(
    question: pulumi.Input<string>,
    { model, ...rest }: InputsOf<AskArgs>,
    options: Pick<PaidFunctionOutputOptions, "runInPreview"> = {},
  ): pulumi.Output<ChatCompletionResult> {
    const messages = [{ role: "user" as const, content: question }];
    return ragCompletionOutput(
      { temperature: 0, ...rest, model, collectionId: this.collectionId, messages },
      { ...this.#waiting(), ...options },
    );
  }

  get #content(): pulumi.Resource[] {
    return [this.collection, ...(this.documents ? [this.documents] : []), ...Object.values(this.files)];
  }

  #waiting(): FunctionOutputOptions {
    return { dependsOn: this.#content, provider: this.#provider };
  }
}

function revisionOf(
  documents: Documents | undefined,
  files: readonly (readonly [string, File])[],
): pulumi.Output<string> {
  const parts = [
    documents?.revision ?? "",
    ...files.map(([name, { contentHash }]) => pulumi.interpolate`${name}:${contentHash}`),
  ];
  return pulumi.all(parts).apply((known) => known.filter((part) => part !== "").join(" "));
}

/** The account that functions ask: the one that the parts are made with. */
function providerOf({ provider, providers = [] }: pulumi.ComponentResourceOptions): Provider | undefined {
  return [provider, ...(Array.isArray(providers) ? providers : Object.values(providers))].find((each) =>
    Provider.isInstance(each),
  );
}

/** Options that are there: the engine takes one that is `undefined` for one that was set. */
function defined(options: Readonly<Record<string, unknown>>): pulumi.CustomResourceOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
