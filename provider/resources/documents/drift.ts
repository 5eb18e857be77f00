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

/** What is otherwise with one document, by kind: the sections of the chunks that it is about. */
interface DocumentDrift {
  readonly missing: string[];
  readonly extra: string[];
  readonly metadata: string[];
  readonly mismatched: string[];
  readonly taken: string[];
}

/** What a list of the collection shows to be otherwise than the manifest says. */
export class Drift {
  readonly #documents = new Map<string, DocumentDrift>();

  note(document: string, kind: keyof DocumentDrift, section: string): void {
    const known = this.#documents.get(document) ?? { missing: [], extra: [], metadata: [], mismatched: [], taken: [] };
    known[kind].push(section);
    this.#documents.set(document, known);
  }

  /** A sentence's part for each document: `2 chunks missing (Linux), 1 with changed metadata`. Nothing where all is as it was. */
  words(confidential: boolean): Readonly<Record<string, string>> | undefined {
    if (this.#documents.size === 0) return undefined;
    const all = [...this.#documents].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    if (confidential) return { documents: `${count(all.length, "document")} changed` };
    return Object.fromEntries(all.map(([name, drift]) => [name, sentence(drift)]));
  }
}

function sentence({ missing, extra, metadata, mismatched, taken }: DocumentDrift): string {
  const parts = [told(missing, "missing"), told(extra, "extra"), told(metadata, "with changed metadata"), told(mismatched, "with other content"), told(taken, "taken over by another resource")];
  return parts.filter((part) => part !== "").join(", ");
}

const SECTIONS_SHOWN = 4;

function told(sections: readonly string[], what: string): string {
  if (sections.length === 0) return "";
  const named = [...new Set(sections.map((section) => shorten(clean(section), 40)).filter((section) => section !== ""))];
  const more = named.length > SECTIONS_SHOWN ? ", …" : "";
  return `${count(sections.length, "chunk")} ${what}${named.length === 0 ? "" : ` (${named.slice(0, SECTIONS_SHOWN).join(", ")}${more})`}`;
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
