import { basename } from "node:path";
import { z } from "zod";
import { assetSchema, refusalOf, type Asset } from "../../inputs/content.js";
import { sha256 } from "../../inputs/hash.js";
import { messageOf } from "../../text/error-message.js";
import type { FileSource } from "../../client/index.js";
import { hashOf, openLocal, type PathRules } from "../../inputs/files/local-file.js";
import { chunks } from "../../inputs/files/open.js";
import { isUnknown, UNKNOWN } from "../../engine/values.js";

const EXPECTED = "must be the path of a file, or a pulumi.asset.FileAsset or StringAsset";
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

/** A document at hand. */
export interface OpenSource {
  readonly bytes: FileSource;
  /** Whether it still is what was checked. */
  readonly isUnchanged: () => Promise<boolean>;
  readonly close: () => void;
}

/**
 * Opens what is to be uploaded: what is checked, sent and checked again is one and the same file, whatever is put in its place.
 *
 * @throws Error where the file cannot be read, or has changed since it was checked.
 */
export async function openSource(source: Asset, rules: PathRules): Promise<OpenSource> {
  if (source.text !== undefined) return { bytes: Buffer.from(source.text, "utf8"), isUnchanged: () => Promise.resolve(true), close: () => undefined };
  const file = opened(source.path ?? "", rules);
  const isUnchanged = async (): Promise<boolean> => source.hash === (await hashOf(file).catch(() => undefined));
  if (await isUnchanged()) return { bytes: { size: file.size, read: () => chunks(file) }, isUnchanged, close: () => file.close() };
  file.close();
  throw new Error('source changed while it was being deployed. Nothing was uploaded; run "pulumi up" again.');
}

function opened(path: string, rules: PathRules): ReturnType<typeof openLocal> {
  try {
    return openLocal(path, rules);
  } catch (error) {
    throw new Error(`source ${messageOf(error)}.`, { cause: error });
  }
}
