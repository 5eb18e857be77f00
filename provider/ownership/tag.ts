import { createHash } from "node:crypto";

/**
 * The tag in front of an item's description: which resource manages the item, by which claims, and what its content
 * was.
 *
 * - of an `Item`: `[vi:i:<owner>:<claims>:<hash>] <title>`
 * - of a chunk of `Documents`: `[vi:d:<owner>:<claims>:<document>:<hash>:<occurrence>] <title>`
 *
 * With `is` and `ds` in place of `i` and `d`, what the item is made of is secret, and the title is not to be shown.
 *
 * The owner finds an item, and anybody can have the same one. A claim proves whose it is: it is drawn at random for
 * each resource that is created, and its state alone knows it. See `claim.ts`.
 */
export interface Tag {
  /** Names the managing resource: twelve characters made of its URN by `ownerOf`. */
  readonly owner: string;
  /** Those who manage the item: one, or more where several states have the same item. */
  readonly claims: readonly string[];
  /** `comparableHash` of the content. */
  readonly hash: string;
  /** Whether the title is not to be shown. */
  readonly secret?: true | undefined;
  /** What the item is a chunk of. Not there for an `Item`. */
  readonly chunk?: ChunkPlace | undefined;
}

/** Where a chunk belongs. */
export interface ChunkPlace {
  /** Stands for the document's name: `documentKey`. */
  readonly document: string;
  /** 0 for the first of a document's chunks with the same content, 1 for the second, and so on. */
  readonly occurrence: number;
}

/** A description, taken apart. */
export interface Description {
  readonly tag?: Tag;
  readonly title: string;
}

/** Letters may come back in another case. What the first format wrote has shorter parts, see `readParts`. */
const OWNER = String.raw`[\w-]{12}`;
const CLAIMS = String.raw`[0-9a-z]{1,10}(?:\.[0-9a-z]{10})*`;
const PATTERN = new RegExp(
  String.raw`^\[vi:(?:i(s?):(${OWNER}):(${CLAIMS}):([0-9a-f]{12,32})|d(s?):(${OWNER}):(${CLAIMS}):([\w-]{8,12}):([\w-]{8,32}):([0-9a-z]{1,4}))\](?: |$)`,
  "iu",
);

/** Twelve characters (72 bits) that stand for a resource's URN. */
export function ownerOf(urn: string): string {
  return createHash("sha256").update(urn, "utf8").digest("base64url").slice(0, 12);
}

/** Twelve hexadecimal digits (48 bits) that stand for a document's name. */
export function documentKey(name: string): string {
  return createHash("sha256").update(name, "utf8").digest("hex").slice(0, 12);
}

/** Puts a tag in front of a title. */
export function describe(tag: Tag, title: string): string {
  return `${textOf(tag)} ${title}`.trimEnd();
}

function textOf({ owner, claims, hash, secret, chunk }: Tag): string {
  const by = `${owner}:${claims.join(".")}`;
  const kind = `${chunk === undefined ? "i" : "d"}${secret === true ? "s" : ""}`;
  return chunk === undefined
    ? `[vi:${kind}:${by}:${hash}]`
    : `[vi:${kind}:${by}:${chunk.document}:${hash}:${chunk.occurrence.toString(36)}]`;
}

/** Takes a description apart. Only what stands at its very beginning counts as a tag, so no title can imitate one. */
export function readDescription(description: string): Description {
  const match = PATTERN.exec(description);
  if (!match) return { title: description };
  const title = description.slice(match[0].length);
  const [
    ,
    itemSecret,
    owner,
    claims = "",
    hash = "",
    chunkSecret,
    chunkOwner = "",
    chunkClaims = "",
    document = "",
    chunkHash = "",
    occurrence = "",
  ] = match;
  if (owner !== undefined)
    return { tag: { owner, claims: claimsIn(claims), hash: hash.toLowerCase(), ...secrecy(itemSecret) }, title };
  const chunk = { document: digits(document), occurrence: Number.parseInt(occurrence, 36) };
  return {
    tag: { owner: chunkOwner, claims: claimsIn(chunkClaims), hash: digits(chunkHash), ...secrecy(chunkSecret), chunk },
    title,
  };
}

/** What the tag of a resource says about its secrecy. */
export function secrecyOf({ confidential }: { readonly confidential?: boolean | undefined }): Pick<Tag, "secret"> {
  return confidential === true ? { secret: true } : {};
}

function secrecy(letter: string | undefined): Pick<Tag, "secret"> {
  return letter === "" || letter === undefined ? {} : { secret: true };
}

function claimsIn(text: string): string[] {
  return text.toLowerCase().split(".");
}

/** The first format wrote 48 bits in Base64, where there are hexadecimal digits now. */
function digits(text: string): string {
  return text.length === 8 ? Buffer.from(text, "base64url").toString("hex") : text.toLowerCase();
}

/** Whether two tags or resources have the same owner. It proves nothing: see `Tag`. */
export function sameOwner(a: Pick<Tag, "owner">, b: Pick<Tag, "owner">): boolean {
  return a.owner.toLowerCase() === b.owner.toLowerCase();
}

/** Whether two hashes stand for the same content. The first format wrote 48 bits of 128. */
export function sameHash(a: string, b: string): boolean {
  return a === b || (a.length < b.length ? b.startsWith(a) : a.startsWith(b));
}
