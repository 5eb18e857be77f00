import { basename } from "node:path";
import { z } from "zod";
import { isUnknown, UNKNOWN, type Properties } from "../../engine/values.js";
import { assetSchema, contentPlaceProblem, refusalOf, type Asset } from "../../inputs/content.js";
import { sha256 } from "../../inputs/hash.js";
import type { OwnedState } from "../../ownership/claim.js";
import { checkInputs, type CheckFailure, type CheckResult } from "../../pulumi/check.js";
import {
  adoptedId,
  collectionId,
  computed,
  confidential,
  createOnly,
  followLinks,
  replace,
} from "../../pulumi/fields.js";
import type { InputsOf } from "../../pulumi/fields.js";

const LONGEST_NAME = 255;
const LONGEST_WAIT = 86_400;

const seconds = z
  .number("must be a number of seconds")
  .positive("must be more than 0 seconds")
  .max(LONGEST_WAIT, `must be at most ${LONGEST_WAIT} seconds, which is a day`);

const isPlain = (name: string): boolean => !/[/\\]/u.test(name) && name !== "." && name !== "..";

const filename = z
  .string("must be text")
  .refine((name) => name.trim() !== "", "must not be empty")
  .refine(isPlain, "must be the name of a file alone, without folders")
  .refine((name) => !/\p{Cc}/u.test(name), "must not have control characters such as line breaks")
  .refine((name) => name.length <= LONGEST_NAME, `must have at most ${LONGEST_NAME} characters`);

const EXPECTED = "must be the path of a file, or a FileAsset or StringAsset";
const EMPTY = sha256("");

/** A document as the class hands it in: an asset. Whatever else arrives is something that it could not make one of. */
export const sourceSchema: z.ZodType<Asset> = z
  .custom<Asset>((value) => value !== undefined, EXPECTED)
  .superRefine((source: unknown, context) => {
    const problem = problemOf(source);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

function problemOf(source: unknown): string | undefined {
  const refusal = refusalOf(source, EXPECTED);
  if (refusal !== undefined) return refusal;
  const { success, data: asset } = assetSchema.safeParse(source);
  if (!success) return EXPECTED;
  if (asset.uri !== undefined) return `cannot be a RemoteAsset, but ${EXPECTED}`;
  return asset.hash === EMPTY ? "is empty: a document needs text to be found by" : undefined;
}

/** The inputs of a `File`, and what a change of each does. */
export const fields = {
  collectionId: replace(collectionId("holds the file")),
  source: replace(sourceSchema, { diffKey: "contentHash" }),
  filename: replace(filename.optional()),
  followLinks,
  waitForIngestion: createOnly(z.boolean("must be true or false").optional()),
  ingestionTimeoutSeconds: createOnly(seconds.optional()),
  adopt: adoptedId("file"),
  confidential,
  contentHash: computed(z.string().optional()),
  /** Always empty; makes the output of this name secret where the name is. */
  filenameInApi: computed(z.string().optional()),
  /** Whose file it is: made from the resource's URN by the class. */
  owner: computed(z.string().optional()),
};

export type Inputs = InputsOf<typeof fields> & { filename: string; contentHash: string };

/** The outputs of a `File`. */
export interface State extends OwnedState {
  readonly collectionId: string;
  readonly fileId: string;
  /** The declared name; of a file that is only looked up, the API's. */
  readonly filename: string;
  /** The name as the API keeps it, where it keeps another one. */
  readonly filenameInApi?: string | undefined;
  /** SHA-256 of the bytes; not there for a file that is only looked up, since the API does not give bytes back. */
  readonly contentHash?: string | undefined;
  /** The API's word for how far ingestion is. */
  readonly status: string;
  /** Items made of the file. */
  readonly items: number;
  /** Tokens that embedding them cost. */
  readonly tokens: number;
  /** Why the file is not as it should be, which makes the next deployment replace it. */
  readonly error?: string | undefined;
}

/** Validates a file's inputs; adds its hash and the name that it has by itself. */
export function check(_olds: Properties, news: Properties): CheckResult {
  const { source, filename = nameOf(source) } = news;
  const { inputs, failures } = checkInputs(fields, { ...news, ...(filename !== undefined && { filename }) });
  const hash = isUnknown(source) ? UNKNOWN : assetSchema.safeParse(source).data?.hash;
  const place = contentPlaceProblem(source, { followLinks: inputs["followLinks"] === true });
  const further: (CheckFailure | false)[] = [
    filename === undefined && isNameless(source) && NAMELESS,
    place !== undefined && { property: "source", reason: place },
  ];
  return {
    inputs: { ...inputs, ...(inputs["confidential"] === true && { filenameInApi: "" }), contentHash: hash },
    failures: [...failures, ...further.filter((failure) => failure !== false)],
  };
}

const NAMELESS = { property: "filename", reason: "is required with a StringAsset, which has no name of its own" };

/** The name that a document has by itself: its file's. Nothing where it has none, or where it is wrong anyway. */
export function nameOf(source: unknown): string | undefined {
  if (isUnknown(source)) return UNKNOWN;
  const asset = assetSchema.safeParse(source).data;
  return asset?.path === undefined ? undefined : basename(asset.path);
}

/** Whether a document is text without a file, and so without a name. */
export function isNameless(source: unknown): boolean {
  return assetSchema.safeParse(source).data?.text !== undefined;
}
