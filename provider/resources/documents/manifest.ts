import { createHash } from "node:crypto";
import { isProof } from "../../ownership/claim.js";
import { describe, readDescription } from "../../ownership/tag.js";

/**
 * The manifest as the state holds it: a line for each document. One text, since a state indents each entry of a map.
 */
export type ManifestText = string;

/** One chunk of a document that the collection holds. */
export interface ManifestChunk {
  readonly itemId: string;
  /** `comparableHash` of its content; of the first format its first twelve digits. */
  readonly hash: string;
  /** `descriptionHash` of the item's description. */
  readonly label: string;
  /** The heading that it stands under, shortened; empty where there is none, or it must not be written down. */
  readonly section: string;
  /** The hash of the chunk that this one is a part of, where the API took it in parts only. */
  readonly partOf?: string | undefined;
  /** Whether its content was read and is not what it was made of. */
  readonly isOther?: true | undefined;
}

/** What the collection holds of one document. */
export interface ManifestEntry {
  /** Of the document as it was synced whole; empty where it was not. */
  readonly fingerprint: string;
  readonly chunks: readonly ManifestChunk[];
}

export type Manifest = ReadonlyMap<string, ManifestEntry>;

/** Of a heading, so that a chunk stays within 80 bytes of the state. */
const SECTION_BYTES = 26;

/**
 * Four characters (24 bits) by which a changed description is noticed. Who manages the item besides makes no
 * difference.
 */
export function descriptionHash(description: string): string {
  const { tag, title } = readDescription(description);
  const compared = tag?.claims.every(isProof) === true ? describe({ ...tag, claims: [] }, title) : description;
  return createHash("sha256").update(compared, "utf8").digest("base64url").slice(0, 4);
}

/**
 * Writes a manifest, in each line `<name>\t<fingerprint>|<hash><label><item id>=<section>|…`, a part with
 * `^<whole's hash>` at its end.
 */
export function writeManifest(manifest: Manifest): ManifestText {
  return Array.from(
    manifest,
    ([name, { fingerprint, chunks }]) => `${name}\t${[fingerprint, ...chunks.map(writeChunk)].join("|")}`,
  ).join("\n");
}

function writeChunk({ itemId, hash, label, section, partOf, isOther }: ManifestChunk): string {
  const heading = shortened(section.replaceAll(/[|^\\"\p{Cc}\s]+/gu, " ").trim());
  return `${isOther ? "!" : ""}${writeHash(hash)}${label}${writeId(itemId)}${heading === "" ? "" : `=${heading}`}${partOf === undefined ? "" : `^${writeHash(partOf)}`}`;
}

/** 128 bits in 22 characters; the 48 bits of the first format in 8. */
function writeHash(digits: string): string {
  return Buffer.from(digits, "hex").toString("base64url");
}

function readHash(text: string): string {
  return Buffer.from(text, "base64url").toString("hex");
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
const SHORT = 22;

/** A UUID in 22 characters. An id of another form, which the API may have one day, stands behind a `~`. */
function writeId(id: string): string {
  return UUID.test(id)
    ? Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url")
    : `~${encodeURIComponent(id)}`;
}

function readId(text: string): string | undefined {
  if (text.startsWith("~")) return decoded(text.slice(1));
  const digits = Buffer.from(text, "base64url").toString("hex");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    "-",
  );
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Ids in one text, as a manifest writes them. */
export function writeIds(ids: readonly string[]): string {
  return ids.map(writeId).join(",");
}

export function readIds(text: string | undefined): string[] {
  return (text ?? "").split(",").flatMap((id) => (id === "" ? [] : (readId(id) ?? [])));
}

function shortened(section: string): string {
  if (Buffer.byteLength(section) <= SECTION_BYTES) return section;
  let cut = "";
  for (const character of section) {
    if (Buffer.byteLength(cut + character) > SECTION_BYTES - 3) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

const HASH = `[\\w-]{${SHORT}}|[\\w-]{8}`;
const PIECE = new RegExp(`^(!?)(${HASH})([\\w-]{4})([\\w-]{${SHORT}}|~[^|=^]+)(?:=([^|^]*))?(?:\\^(${HASH}))?$`, "u");

/**
 * Reads a manifest. What is no part of one, after a hand went through the state, is left out: the list of the
 * collection finds it again.
 */
export function readManifest(text: ManifestText | undefined): Manifest {
  const lines = typeof text === "string" && text !== "" ? text.split("\n") : [];
  return new Map(
    lines.map((line) => {
      const [name = "", entry = ""] = line.split("\t");
      const [fingerprint = "", ...chunks] = entry.split("|");
      return [name, { fingerprint, chunks: chunks.flatMap(readChunk) }];
    }),
  );
}

function readChunk(text: string): ManifestChunk[] {
  const match = PIECE.exec(text);
  if (!match) return [];
  const [, other, hash = "", label = "", id = "", section = "", partOf] = match;
  const itemId = readId(id);
  return itemId === undefined
    ? []
    : [
        {
          itemId,
          hash: readHash(hash),
          label,
          section,
          ...(partOf !== undefined && { partOf: readHash(partOf) }),
          ...(other === "!" && { isOther: true }),
        },
      ];
}

/** The ids of all items that a manifest names. */
export function idsIn(manifest: Manifest): ReadonlySet<string> {
  return new Set(Array.from(manifest.values()).flatMap(({ chunks }) => chunks.map(({ itemId }) => itemId)));
}

/** What stands for the content of a whole manifest. */
export function revisionOf(manifest: Manifest): string {
  const content = Array.from(
    manifest,
    ([name, { chunks }]) => [name, chunks.map(({ hash }) => hash).sort()] as const,
  ).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return createHash("sha256").update(JSON.stringify(content), "utf8").digest("base64url").slice(0, 22);
}
