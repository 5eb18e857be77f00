import type { ItemSummary } from "../../client/index.js";
import { clean, shorten } from "../../text/clean.js";
import type { Context } from "../../session/context.js";
import { unlessNotFound } from "../../api/not-found.js";
import { comparableHash } from "../../ownership/comparable.js";
import { documentKey, readDescription, sameHash } from "../../ownership/tag.js";
import { BETWEEN } from "../../ownership/title.js";
import { descriptionHash, type Manifest, type ManifestChunk } from "./manifest.js";
import { isTaken, type Observed, type Target } from "./observe.js";
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
    const sections = [...new Set([...(known.sections ?? []), shorten(clean(heading), 40)])]
      .filter((section) => section !== "")
      .slice(0, SECTIONS_KEPT);
    this.#documents.set(document, {
      ...known,
      [kind]: (known[kind] ?? 0) + 1,
      ...(sections.length > 0 && { sections }),
    });
  }

  /** What the state says, by document; of secret ones neither names nor headings. Nothing where all is as it was. */
  found(confidential: boolean): Readonly<Record<string, DocumentDrift>> | undefined {
    const all = [...this.#documents].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    if (all.length === 0) return undefined;
    return Object.fromEntries(
      confidential ? all.map(([, found], index) => [`document ${index + 1}`, countsOf(found)]) : all,
    );
  }
}

function countsOf(found: DocumentDrift): DocumentDrift {
  return Object.fromEntries(Object.entries(found).filter(([key]) => key !== "sections"));
}

/** How each kind is told. */
const WORDS: Readonly<Record<Kind, string>> = {
  missing: "missing",
  extra: "extra",
  metadata: "with changed metadata",
  mismatched: "with other content",
  taken: "taken over by another resource",
};

const SECTIONS_SHOWN = 4;

/** As in `2 chunks missing, 1 chunk with changed metadata (Linux)`. */
export function driftInWords(drift: DocumentDrift): string {
  const { sections = [] } = drift;
  const parts = (Object.keys(WORDS) as Kind[]).flatMap((kind) =>
    drift[kind] === undefined ? [] : [`${count(drift[kind], "chunk")} ${WORDS[kind]}`],
  );
  const more = sections.length > SECTIONS_SHOWN ? ", …" : "";
  return `${parts.join(", ")}${sections.length === 0 ? "" : ` (${sections.slice(0, SECTIONS_SHOWN).join(", ")}${more})`}`;
}

/** Compares what the collection holds with what the manifest says. */
export function compare(target: Target, manifest: Manifest, observed: Observed): Drift {
  const drift = new Drift();
  const own = new Map([...observed.chunks, ...observed.mismatched].map((chunk) => [chunk.id, chunk]));
  for (const [name, { itemId, label, section, isOther }] of chunks(manifest)) {
    const chunk = own.get(itemId);
    const listed = observed.items.get(itemId);
    own.delete(itemId);
    if (!chunk)
      drift.note(
        name,
        listed && isTaken(target, readDescription(listed.description).tag) ? "taken" : "missing",
        section,
      );
    else if (descriptionHash(chunk.description) !== label) drift.note(name, "metadata", section);
    if (isOther) drift.note(name, "mismatched", section);
  }
  const names = new Map([...manifest.keys()].map((name) => [documentKey(name), name]));
  for (const { document, description } of own.values()) {
    const [first = "", ...headings] = readDescription(description).title.split(BETWEEN);
    drift.note(names.get(document) ?? shorten(clean(first), 120), "extra", headings.at(-1) ?? "");
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
export async function verified(
  context: Context,
  collectionId: string,
  manifest: Manifest,
  items: ReadonlyMap<string, ItemSummary>,
  how: "sample" | "all",
): Promise<Manifest> {
  const all = chunks(manifest)
    .map(([, chunk]) => chunk)
    .filter(({ itemId }) => items.has(itemId));
  const step = how === "all" ? 1 : Math.max(1, all.length / SAMPLE);
  const offset = how === "all" ? 0 : (context.clock.now() / 1000) % step;
  const chosen =
    how === "all"
      ? all
      : Array.from(
          { length: Math.min(SAMPLE, all.length) },
          (_, index) => all[Math.floor(offset + index * step)],
        ).filter((chunk) => chunk !== undefined);
  const others = new Set<string>();
  await each(context, chosen, async ({ itemId, hash }) => {
    const item = await unlessNotFound(context.client.items.get(collectionId, itemId));
    if (item && !sameHash(comparableHash(item.content), hash)) others.add(itemId);
  });
  if (others.size === 0) return manifest;
  return new Map(
    Array.from(manifest, ([name, entry]) => [
      name,
      {
        ...entry,
        chunks: entry.chunks.map((chunk) => (others.has(chunk.itemId) ? { ...chunk, isOther: true as const } : chunk)),
      },
    ]),
  );
}
