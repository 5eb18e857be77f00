import type { ItemSummary } from "../../client/index.js";
import { clean, shorten } from "../../text/clean.js";
import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { comparableHash } from "../../ownership/comparable.js";
import { documentKey, readDescription, sameHash } from "../../ownership/tag.js";
import { BETWEEN } from "../../ownership/title.js";
import { descriptionHash, type Manifest, type ManifestChunk } from "./manifest.js";
import { isOwn, isTaken, proven, taggedChunks, type Target } from "./sync/have.js";
import { each } from "../../api/pool.js";
import { count } from "../../text/quantity.js";

/** What a refresh found to be otherwise with a document: numbers of chunks, and the headings that they stand under. */
export interface DocumentDrift {
  /** Chunks that the collection does not hold any more. */
  readonly missing?: number | undefined;
  /** Chunks that it holds besides. */
  readonly extra?: number | undefined;
  /** Chunks whose descriptions are not as they were written. */
  readonly metadata?: number | undefined;
  /** Chunks whose contents were read and are not what was uploaded. */
  readonly mismatched?: number | undefined;
  /** Chunks that another resource has taken over. */
  readonly taken?: number | undefined;
  /** The innermost headings above some of them. */
  readonly sections?: readonly string[] | undefined;
}

type Kind = Exclude<keyof DocumentDrift, "sections">;

/** So many headings of a document are kept, one more than is shown. */
const SECTIONS_KEPT = 5;

/** What a list of the collection shows to be otherwise than the manifest says. */
export class Drift {
  readonly #documents = new Map<string, DocumentDrift>();

  note(document: string, kind: Kind, heading: string): void {
    const known = this.#documents.get(document) ?? {};
    const sections = [...new Set([...(known.sections ?? []), shorten(clean(heading), 40)])].filter((section) => section !== "").slice(0, SECTIONS_KEPT);
    this.#documents.set(document, { ...known, [kind]: (known[kind] ?? 0) + 1, ...(sections.length > 0 && { sections }) });
  }

  /** What the state says, by document; of secret ones neither names nor headings. Nothing where all is as it was. */
  found(confidential: boolean): Readonly<Record<string, DocumentDrift>> | undefined {
    const all = [...this.#documents].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    if (all.length === 0) return undefined;
    return Object.fromEntries(confidential ? all.map(([, found], index) => [`document ${index + 1}`, { ...found, sections: undefined }]) : all);
  }
}

/** How each kind is told. */
const WORDS: Readonly<Record<Kind, string>> = { missing: "missing", extra: "extra", metadata: "with changed metadata", mismatched: "with other content", taken: "taken over by another resource" };

const SECTIONS_SHOWN = 4;

/** As in `2 chunks missing, 1 chunk with changed metadata (Linux)`. */
export function driftInWords(drift: DocumentDrift): string {
  const { sections = [] } = drift;
  const parts = (Object.keys(WORDS) as Kind[]).flatMap((kind) => (drift[kind] === undefined ? [] : [`${count(drift[kind], "chunk")} ${WORDS[kind]}`]));
  const more = sections.length > SECTIONS_SHOWN ? ", …" : "";
  return `${parts.join(", ")}${sections.length === 0 ? "" : ` (${sections.slice(0, SECTIONS_SHOWN).join(", ")}${more})`}`;
}

/** Leaves out what bears the resource's tag without being what the tag says: no deployment would touch it. */
export async function withoutImitations(context: Context, target: Target, manifest: Manifest, items: ReadonlyMap<string, ItemSummary>): Promise<ReadonlyMap<string, ItemSummary>> {
  const recorded = new Set(chunks(manifest).map(([, { itemId }]) => itemId));
  const extra = taggedChunks(items.values()).filter(({ id, tag }) => isOwn(target, tag) && !recorded.has(id));
  const own = new Set((await proven(context, target, extra)).map(({ id }) => id));
  const imitations = new Set(extra.map(({ id }) => id).filter((id) => !own.has(id)));
  return imitations.size === 0 ? items : new Map(Array.from(items).filter(([id]) => !imitations.has(id)));
}

/** Compares what is listed with what the manifest says. */
export function compare(target: Target, manifest: Manifest, items: ReadonlyMap<string, ItemSummary>): Drift {
  const drift = new Drift();
  const recorded = new Set<string>();
  for (const [name, chunk] of chunks(manifest)) {
    recorded.add(chunk.itemId);
    const item = items.get(chunk.itemId);
    if (!item) drift.note(name, "missing", chunk.section);
    else if (isTaken(target, readDescription(item.description).tag)) drift.note(name, "taken", chunk.section);
    else if (descriptionHash(item.description) !== chunk.label) drift.note(name, "metadata", chunk.section);
    if (chunk.isOther) drift.note(name, "mismatched", chunk.section);
  }
  const names = new Map([...manifest.keys()].map((name) => [documentKey(name), name]));
  for (const { id, description } of items.values()) {
    const { tag, title } = readDescription(description);
    if (tag?.chunk === undefined || !isOwn(target, tag) || recorded.has(id)) continue;
    const [first = "", ...headings] = title.split(BETWEEN);
    drift.note(names.get(tag.chunk.document) ?? shorten(clean(first), 120), "extra", headings.at(-1) ?? "");
  }
  return drift;
}

function chunks(manifest: Manifest): (readonly [string, ManifestChunk])[] {
  return Array.from(manifest).flatMap(([name, entry]) => entry.chunks.map((chunk) => [name, chunk] as const));
}

/** How many contents are read where a sample is wanted. */
const SAMPLE = 20;

/**
 * Reads contents and compares them with what they were made of.
 *
 * @returns the manifest, in which those that differ are marked.
 */
export async function verified(context: Context, collectionId: string, manifest: Manifest, items: ReadonlyMap<string, ItemSummary>, how: "sample" | "all"): Promise<Manifest> {
  const all = chunks(manifest).map(([, chunk]) => chunk).filter(({ itemId }) => items.has(itemId));
  const step = how === "all" ? 1 : Math.max(1, all.length / SAMPLE);
  const offset = how === "all" ? 0 : (context.clock.now() / 1000) % step;
  const chosen = how === "all" ? all : Array.from({ length: Math.min(SAMPLE, all.length) }, (_, index) => all[Math.floor(offset + index * step)]).filter((chunk) => chunk !== undefined);
  const others = new Set<string>();
  await each(context, chosen, async ({ itemId, hash }) => {
    const item = await unlessNotFound(context.client.items.get(collectionId, itemId));
    if (item && !sameHash(comparableHash(item.content), hash)) others.add(itemId);
  });
  if (others.size === 0) return manifest;
  return new Map(Array.from(manifest, ([name, entry]) => [name, { ...entry, chunks: entry.chunks.map((chunk) => (others.has(chunk.itemId) ? { ...chunk, isOther: true as const } : chunk)) }]));
}
