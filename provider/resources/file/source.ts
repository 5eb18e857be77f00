import { basename } from "node:path";
import { z } from "zod";
import { assetSchema, type Asset } from "../../content.js";
import { sha256 } from "../../hash.js";
import { fileProblem, hashOfFile } from "../../local-file.js";
import { isUnknown, UNKNOWN } from "../../values.js";

const EXPECTED = "must be the path of a file, or a pulumi.asset.FileAsset or StringAsset";
const EMPTY = sha256("");

/** A document as the class hands it in: an asset. Whatever else arrives is something that it could not make one of. */
export const sourceSchema: z.ZodType<Asset> = z
  .custom<Asset>((value) => value !== undefined, EXPECTED)
  .superRefine((source: unknown, context) => {
    const problem = problemOf(source);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

const refusedSchema = z.strictObject({ refused: z.string() });

function problemOf(source: unknown): string | undefined {
  if (typeof source === "string") return fileProblem(source) ?? `"${source}" could not be read a moment ago: run the deployment again`;
  const refused = refusedSchema.safeParse(source);
  if (refused.success) return `cannot be ${refused.data.refused}, but ${EXPECTED}`;
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

/**
 * What to upload: the bytes themselves, or the path of a file whose content is the one that was checked.
 *
 * @throws Error where the file cannot be read, or has changed since.
 */
export async function openSource(source: Asset): Promise<Uint8Array | string> {
  if (source.text !== undefined) return Buffer.from(source.text, "utf8");
  const path = source.path ?? "";
  const problem = fileProblem(path);
  if (problem !== undefined) throw new Error(`source: the file ${problem}.`);
  if (await isUnchanged(source)) return path;
  throw new Error(`source: the file "${path}" changed while it was being deployed. Nothing was uploaded; run "pulumi up" again.`);
}

/** Whether a document still is what was checked. Text always is. */
export async function isUnchanged({ path, hash }: Asset): Promise<boolean> {
  return path === undefined || hash === (await hashOfFile(path).catch(() => undefined));
}
