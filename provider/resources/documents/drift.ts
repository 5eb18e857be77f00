import type { ItemSummary } from "../../client/index.js";
import { clean, shorten } from "../../text/clean.js";
import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { comparableHash } from "../../ownership/comparable.js";
import { documentKey, readDescription, sameHash } from "../../ownership/tag.js";
import { BETWEEN } from "../../ownership/title.js";
import { descriptionHash, type Ledger, type LedgerPiece } from "./ledger.js";
import { isOwn, isTaken, proven, taggedPieces, type Target } from "./sync/have.js";
import { each } from "../../api/pool.js";
import { count } from "../../text/quantity.js";

/** What is otherwise with one document, by kind: the sections of the pieces that it is about. */
interface DocumentDrift {
  readonly missing: string[];
  readonly extra: string[];
  readonly relabelled: string[];
  readonly spoiled: string[];
  readonly taken: string[];
}

/** What a list of the collection shows to be otherwise than the ledger says. */
export class Drift {
  readonly #documents = new Map<string, DocumentDrift>();

  note(document: string, kind: keyof DocumentDrift, section: string): void {
    const known = this.#documents.get(document) ?? { missing: [], extra: [], relabelled: [], spoiled: [], taken: [] };
    known[kind].push(section);
    this.#documents.set(document, known);
  }

  /** A sentence's part for each document: `2 pieces missing (Linux), 1 relabelled`. Nothing where all is as it was. */
  words(confidential: boolean): Readonly<Record<string, string>> | undefined {
    if (this.#documents.size === 0) return undefined;
    const all = [...this.#documents].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    if (confidential) return { documents: `${count(all.length, "document")} changed` };
    return Object.fromEntries(all.map(([name, drift]) => [name, sentence(drift)]));
  }
}

function sentence({ missing, extra, relabelled, spoiled, taken }: DocumentDrift): string {
  const parts = [told(missing, "missing"), told(extra, "extra"), told(relabelled, "relabelled"), told(spoiled, "with other content"), told(taken, "taken over by another resource")];
  return parts.filter((part) => part !== "").join(", ");
}

const SECTIONS_SHOWN = 4;

function told(sections: readonly string[], what: string): string {
  if (sections.length === 0) return "";
  const named = [...new Set(sections.map((section) => shorten(clean(section), 40)).filter((section) => section !== ""))];
  const more = named.length > SECTIONS_SHOWN ? ", …" : "";
  return `${count(sections.length, "piece")} ${what}${named.length === 0 ? "" : ` (${named.slice(0, SECTIONS_SHOWN).join(", ")}${more})`}`;
}

/** Leaves out what bears the resource's tag without being what the tag says: no deployment would touch it. */
export async function withoutImitations(context: Context, target: Target, ledger: Ledger, items: ReadonlyMap<string, ItemSummary>): Promise<ReadonlyMap<string, ItemSummary>> {
  const recorded = new Set(pieces(ledger).map(([, { itemId }]) => itemId));
  const extra = taggedPieces(items.values()).filter(({ id, tag }) => isOwn(target, tag) && !recorded.has(id));
  const own = new Set((await proven(context, target, extra)).map(({ id }) => id));
  const imitations = new Set(extra.map(({ id }) => id).filter((id) => !own.has(id)));
  return imitations.size === 0 ? items : new Map(Array.from(items).filter(([id]) => !imitations.has(id)));
}

/** Compares what is listed with what the ledger says. */
export function compare(target: Target, ledger: Ledger, items: ReadonlyMap<string, ItemSummary>): Drift {
  const drift = new Drift();
  const recorded = new Set<string>();
  for (const [name, piece] of pieces(ledger)) {
    recorded.add(piece.itemId);
    const item = items.get(piece.itemId);
    if (!item) drift.note(name, "missing", piece.section);
    else if (isTaken(target, readDescription(item.description).tag)) drift.note(name, "taken", piece.section);
    else if (descriptionHash(item.description) !== piece.label) drift.note(name, "relabelled", piece.section);
    if (piece.isOther) drift.note(name, "spoiled", piece.section);
  }
  const names = new Map([...ledger.keys()].map((name) => [documentKey(name), name]));
  for (const { id, description } of items.values()) {
    const { tag, title } = readDescription(description);
    if (tag?.chunk === undefined || !isOwn(target, tag) || recorded.has(id)) continue;
    const [first = "", ...headings] = title.split(BETWEEN);
    drift.note(names.get(tag.chunk.document) ?? shorten(clean(first), 120), "extra", headings.at(-1) ?? "");
  }
  return drift;
}

function pieces(ledger: Ledger): (readonly [string, LedgerPiece])[] {
  return Array.from(ledger).flatMap(([name, entry]) => entry.pieces.map((piece) => [name, piece] as const));
}

/** How many contents are read where a sample is wanted. */
const SAMPLE = 20;

/**
 * Reads contents and compares them with what they were made of.
 *
 * @returns the ledger, in which those that differ are marked.
 */
export async function verified(context: Context, collectionId: string, ledger: Ledger, items: ReadonlyMap<string, ItemSummary>, how: "sample" | "all"): Promise<Ledger> {
  const all = pieces(ledger).map(([, piece]) => piece).filter(({ itemId }) => items.has(itemId));
  const step = how === "all" ? 1 : Math.max(1, all.length / SAMPLE);
  const offset = how === "all" ? 0 : (context.clock.now() / 1000) % step;
  const chosen = how === "all" ? all : Array.from({ length: Math.min(SAMPLE, all.length) }, (_, index) => all[Math.floor(offset + index * step)]).filter((piece) => piece !== undefined);
  const others = new Set<string>();
  await each(context, chosen, async ({ itemId, hash }) => {
    const item = await unlessNotFound(context.client.items.get(collectionId, itemId));
    if (item && !sameHash(comparableHash(item.content), hash)) others.add(itemId);
  });
  if (others.size === 0) return ledger;
  return new Map(Array.from(ledger, ([name, entry]) => [name, { ...entry, pieces: entry.pieces.map((piece) => (others.has(piece.itemId) ? { ...piece, isOther: true as const } : piece)) }]));
}
