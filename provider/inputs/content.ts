import { z } from "zod";
import { linkProblem, openLocal, type PathRules } from "./files/local-file.js";
import { readAll, type OpenFile } from "./files/open.js";
import { sha256 } from "./hash.js";
import { messageOf } from "../text/error-message.js";

/** The property by which the engine tells assets and secrets from any other map, and its value for an asset. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const ASSET_SIGNATURE = "c44067f5952c0a294b673a41bacd8c17";

/** An asset as the engine sends it. `diff` and old values carry the hash alone. */
export const assetSchema = z.looseObject({
  [SIGNATURE_KEY]: z.literal(ASSET_SIGNATURE),
  hash: z.string(),
  text: z.string().optional(),
  path: z.string().optional(),
  uri: z.string().optional(),
});

/** A `FileAsset` (with `path`), `StringAsset` (with `text`) or `RemoteAsset` (with `uri`). */
export type Asset = z.output<typeof assetSchema>;

/** Text as a stack's author gives it: the text itself, or an asset (`StringAsset`, `FileAsset`) that holds it. */
export type Content = string | Asset;

const NOT_TEXT = "must be text, or a StringAsset or FileAsset that holds text";

/** Content of an item: not empty, and within what the API's embedding model takes as far as that can be told. */
export const contentSchema: z.ZodType<Content> = z
  .custom<Content>(
    (value) => typeof value === "string" || isRefused(value) || assetSchema.safeParse(value).success,
    NOT_TEXT,
  )
  .superRefine((content: unknown, context) => {
    const problem = refusalOf(content, NOT_TEXT) ?? problemOf(content as Content);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

function problemOf(content: Content): string | undefined {
  return typeof content === "string" ? textProblem(content) : assetProblem(content);
}

const refusedSchema = z.union([z.strictObject({ kind: z.string() }), z.strictObject({ problem: z.string() })]);

function isRefused(value: unknown): boolean {
  return refusedSchema.safeParse(value).success;
}

/** Why the class that a program uses did not hand an asset to the engine. @param expected what the property must be. */
export function refusalOf(value: unknown, expected: string): string | undefined {
  const { data } = refusedSchema.safeParse(value);
  if (data === undefined) return undefined;
  return "problem" in data ? data.problem : `cannot be ${data.kind}, but ${expected}`;
}

/** The SHA-256 that stands for content: of the text, or the one that the engine computed of an asset's bytes. */
export function contentHash(content: Content): string {
  return typeof content === "string" ? sha256(content) : content.hash;
}

/**
 * The text itself.
 *
 * @throws Error where a file cannot be read, is not what was checked, or is not text.
 */
export function readContent(content: Content, rules: PathRules = {}): string {
  if (typeof content === "string") return content;
  if (content.text !== undefined) return content.text;
  const text = decoded(bytesAt(content.path ?? "", rules));
  if (text === undefined) throw new Error(`content ${NOT_UTF8}.`);
  if (sha256(text) !== content.hash)
    throw new Error('content changed while it was being deployed. Run "pulumi up" again.');
  const problem = textProblem(text);
  if (problem !== undefined) throw new Error(`content ${problem}.`);
  return text;
}

function bytesAt(path: string, rules: PathRules): Uint8Array {
  let file: OpenFile | undefined;
  try {
    file = openLocal(path, rules);
    return readAll(file);
  } catch (error) {
    throw new Error(`content ${messageOf(error)}.`, { cause: error });
  } finally {
    file?.close();
  }
}

/**
 * Why the text in a file cannot be an item's. The engine has read it and keeps no more than its hash; a file that is
 * gone since is the deployment's to tell.
 */
export function contentFileProblem(content: unknown, rules: PathRules): string | undefined {
  const path = assetSchema.safeParse(content).data?.path;
  if (path === undefined) return undefined;
  const place = contentPlaceProblem(content, rules);
  return place ?? fileTextProblem(path, rules);
}

function fileTextProblem(path: string, rules: PathRules): string | undefined {
  let file: OpenFile | undefined;
  try {
    file = openLocal(path, rules);
    return file.size > BYTE_LIMIT ? ofAnItem(OVER_BYTE_LIMIT) : bytesProblem(readAll(file));
  } catch {
    return undefined;
  } finally {
    file?.close();
  }
}

/** Why the file of content may not be read from where it is. */
export function contentPlaceProblem(content: unknown, rules: PathRules): string | undefined {
  const path = assetSchema.safeParse(content).data?.path;
  try {
    return path === undefined ? undefined : linkProblem(path, rules);
  } catch {
    // It is gone since the engine has read it, which the deployment says.
    return undefined;
  }
}

const NOT_UTF8 = "is not UTF-8 text: an item holds text, use a File for other documents";

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function bytesProblem(bytes: Uint8Array): string | undefined {
  const text = decoded(bytes);
  return text === undefined ? NOT_UTF8 : textProblem(text);
}

function assetProblem(asset: Asset): string | undefined {
  if (asset.uri !== undefined) return "cannot be a RemoteAsset: read the text in the program, or use a FileAsset";
  return asset.text === undefined ? undefined : textProblem(asset.text);
}

/** Tokens that the API's embedding model takes at most, as clients of the live API have seen it. */
const TOKEN_LIMIT = 512;

/**
 * Bytes that are more than so many tokens, whatever the model: the longest tokens of the vocabularies that are public
 * are 128 characters long, of nothing but spaces or dashes.
 */
const BYTE_LIMIT = TOKEN_LIMIT * 128;
const OVER_BYTE_LIMIT = `is too long: over ${BYTE_LIMIT / 1024} KiB, and the API takes about ${TOKEN_LIMIT} tokens`;

function textProblem(text: string): string | undefined {
  if (text.trim() === "") return "is empty: an item needs text to be found by";
  const excess = lengthProblem(text);
  return excess === undefined ? undefined : ofAnItem(excess);
}

function ofAnItem(excess: string): string {
  return `${excess} an item. Split it into several items, which splitText does, or deploy it by Documents`;
}

/** Says that a text certainly has more tokens than the API's embedding model takes. A sentence without its end. */
export function lengthProblem(text: string): string | undefined {
  if (Buffer.byteLength(text, "utf8") > BYTE_LIMIT) return OVER_BYTE_LIMIT;
  const tokens = leastTokens(text);
  return tokens <= TOKEN_LIMIT
    ? undefined
    : `is too long: at least ${tokens} tokens, and the API takes about ${TOKEN_LIMIT}`;
}

/**
 * The fewest tokens that any embedding model makes of a text: one for each word. What passes may still be too long for
 * the API, which says so itself; what fails here is too long for certain.
 */
function leastTokens(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0;
}
