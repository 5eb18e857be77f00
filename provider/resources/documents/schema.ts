import { z } from "zod";
import { misspelt } from "../../pulumi/check.js";
import { assetSchema, type Asset } from "../../inputs/content.js";
import { collectionId, deployOnly, computed, replace, update, type InputsOf } from "../../pulumi/fields.js";
import { mustBe, mustSay, numberFrom, text, wholeNumberFrom } from "../../inputs/arguments.js";
import type { DocumentDrift } from "./drift.js";
import type { ManifestText } from "./manifest.js";
import type { FolderSource } from "./source/source.js";
import { MIN_MAX_TOKENS } from "../../documents/split/limits.js";

/** A folder, a part of one, or texts as the class packs them: a JSON list in an asset. */
export type SourceInput = string | FolderSource | { readonly texts: Asset };

/**
 * The same after `check`, which puts the hash of texts in their place: the state keeps what it answers, and no text is
 * to enter it.
 */
export type CheckedSource = string | FolderSource | { readonly texts: string };

const SOURCE = mustBe(
  "the path of a folder, { folder, include, exclude, followLinks }, or { texts: [{ name, text }] }",
);
const globs = z
  .array(z.string({ error: mustBe('a glob such as "guides/**/*.md"') }), { error: mustBe("a list of globs") })
  .optional();
const folderParts = {
  folder: text("the path of a folder"),
  include: globs,
  exclude: globs,
  followLinks: z
    .boolean({ error: mustBe("true or false: whether links within the repository may lead out of it") })
    .optional(),
};
const folder = z.object(folderParts).catchall(misspelt(Object.keys(folderParts), "a folder of documents"));
const texts = z.object({ texts: assetSchema }).catchall(misspelt(["texts"], "a source of texts"));
/** Where neither is there, what stands in its place may be meant to be either. */
const neither = z.object({}).catchall(misspelt([...Object.keys(folderParts), "texts"], "a source"));

/** A union of all forms would tell what is wrong with none of them. */
const source = z
  .custom<SourceInput>(
    (value) => typeof value === "string" || (typeof value === "object" && value !== null && !Array.isArray(value)),
    { error: SOURCE },
  )
  .superRefine((value, context) => {
    if (typeof value === "string") return;
    for (const { message, path } of formOf(value).safeParse(value).error?.issues ?? [])
      context.addIssue({ code: "custom", message, path });
  });

function formOf(value: object): z.ZodType {
  if ("texts" in value) return texts;
  return "folder" in value || Object.keys(value).every((name) => Object.hasOwn(folderParts, name)) ? folder : neither;
}

const UNMANAGED = ["ignore", "report", "prune"] as const;
const ON_UNREADABLE = ["fail", "skip"] as const;
const VERIFY = ["tags", "sample", "all"] as const;
const words = (all: readonly string[]): string => all.map((word) => `"${word}"`).join(", ");

/** The inputs of `Documents`, and what a change of each does. */
export const fields = {
  collectionId: replace(collectionId("holds the documents")),
  source: update(source, { diffKey: "documents" }),
  maxTokens: update(wholeNumberFrom(MIN_MAX_TOKENS, 512).optional(), { diffKey: "documents" }),
  overlapTokens: update(wholeNumberFrom(0, 255).optional(), { diffKey: "documents" }),
  unmanaged: update(z.literal(UNMANAGED, { error: mustSay(`one of ${words(UNMANAGED)}`) }).optional()),
  verify: update(z.literal(VERIFY, { error: mustSay(`one of ${words(VERIFY)}`) }).optional()),
  onUnreadable: deployOnly(z.literal(ON_UNREADABLE, { error: mustSay(`one of ${words(ON_UNREADABLE)}`) }).optional()),
  maxDeletePercent: deployOnly(numberFrom(0, 100).optional()),
  tokenBudget: deployOnly(wholeNumberFrom(0).optional()),
  /** Whose chunks they are: made from the resource's URN by the class. A renamed resource takes its tags along. */
  owner: update(z.string("the tag of the managing resource").length(12), { internal: true }),
  /** What was scanned: each document's name with its sizes and its fingerprint, as `sizes.ts` writes them. */
  documents: computed(z.record(z.string(), z.string()).optional()),
  tokens: computed(z.number().optional()),
  /**
   * Whether the resource option `ignoreChanges` names the source, so that documents are left as they were deployed. The
   * class sets it for those to be made.
   */
  sourceIgnored: computed(z.boolean().optional()),
  /** Whether the source is secret, so that no word of it is written down or shown. The class sets it. */
  confidential: update(z.boolean().optional(), { internal: true, isLater: true }),
  /** The resource that what is shown is about, which the provider is not told otherwise. The class sets it. */
  resourceUrn: computed(z.string().optional()),
  /** Always empty; makes the output of this name secret where the class says that it is. */
  manifest: computed(z.unknown()),
};

export type Inputs = Omit<InputsOf<typeof fields>, "source" | "documents" | "tokens"> & {
  readonly source: CheckedSource;
  readonly documents: Readonly<Record<string, string>>;
  readonly tokens: number;
};

/** The outputs of `Documents`. */
export interface State {
  readonly collectionId: string;
  readonly owner: string;
  /** What proves chunks to be this resource's. In a state of the first format `generation`. */
  readonly claim?: string | undefined;
  readonly generation?: number | undefined;
  /** Claims of interrupted creations of this resource. What they make late is its own. */
  readonly formerClaims?: readonly string[] | undefined;
  readonly unmanaged: (typeof UNMANAGED)[number];
  readonly verify: (typeof VERIFY)[number];
  /** What the collection holds of each document, as `manifest.ts` writes it. */
  readonly manifest: ManifestText;
  /** Stands for the content: it changes when, and only when, a chunk of a document does. */
  readonly revision: string;
  /** Estimated tokens of all documents. */
  readonly tokens: number;
  readonly documentCount: number;
  readonly chunkCount: number;
  /** What a refresh found to be otherwise, by document. Not there where nothing is. */
  readonly drift?: Readonly<Record<string, DocumentDrift>> | undefined;
  /** Whether the source is secret. */
  readonly confidential?: boolean | undefined;
  /** Items of the collection that nothing of this provider manages; counted where `unmanaged` is not "ignore". */
  readonly unmanagedItems?: number | undefined;
  /**
   * Their ids where `unmanaged` is "prune" or "report": what the next deployment may delete at most. As `manifest.ts`
   * writes ids.
   */
  readonly unmanagedIds?: string | undefined;
  /**
   * Ids of items of others that bore a tag, where `unmanaged` is "prune": what has lost its tag is not pruned for that.
   * As `manifest.ts` writes ids.
   */
  readonly managedIds?: string | undefined;
  /** The scheme, host and port of the API that holds them; a state of the first format does not say. */
  readonly origin?: string | undefined;
  /** Stands for the key that they were last seen with. */
  readonly account?: string | undefined;
}
