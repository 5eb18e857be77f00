import { toldId } from "../../client/http/path.js";
import { changesOf, tokensOf, type DocumentChange, type ShownChunk } from "./changes.js";
import { driftInWords, type DocumentDrift } from "./drift.js";
import type { Chunk } from "../../documents/split/chunk.js";
import type { Manifest, ManifestEntry } from "./manifest.js";
import { endingOf } from "../../documents/read/kinds.js";
import type { PreparedDocuments } from "../../documents/prepared.js";
import type { Scan } from "./scan.js";
import type { Inputs, State } from "./schema.js";
import type { Sizes } from "./sizes.js";
import { sameFingerprint } from "./source/fingerprint.js";
import { quote } from "./source/names.js";
import type { SourceProblem } from "./source/source-document.js";
import { count, number } from "../../text/quantity.js";

/** What a deployment is going to do with the documents. */
export interface Review {
  /** A line for each document under a headline; of a secret source the headline alone. */
  readonly text: string;
  /** Not there where this process has not read the documents. */
  readonly tokensToEmbed: number | undefined;
}

/** What was deployed before. */
interface Before extends Pick<State, "drift"> {
  readonly manifest: Manifest;
  /** Whether the resource had another name. */
  readonly isRenamed?: boolean;
  /** Whether the collection is not known yet, and may be another one. */
  readonly mayMove?: boolean;
  /** The items that nothing manages and that are to be deleted. */
  readonly toPrune?: readonly string[];
}

/** What is to be. */
interface Declared extends Pick<Inputs, "confidential"> {
  readonly documents: ReadonlyMap<string, Sizes>;
}

/** Made only where it is shown. */
type Line = () => string;

/** A document's name, and what a refresh found. */
type Drifted = readonly [string, DocumentDrift];

/** So many documents are named. */
const SHOWN = 40;
const SECTIONS_SHOWN = 6;
const KINDS_SHOWN = 8;

/** What is deployed for the first time. */
export function reviewOfNew(
  documents: readonly (Sizes & { readonly name: string })[],
  { confidential }: Pick<Inputs, "confidential">,
): string {
  const chunks = documents.reduce((sum, document) => sum + document.chunks, 0);
  const tokens = documents.reduce((sum, document) => sum + document.tokens, 0);
  const headline =
    `${count(documents.length, "document")} to upload: ${count(chunks, "chunk")}, about ${count(tokens, "token")} ` +
    "to embed";
  return page(
    headline,
    confidential ? [] : documents.map((document) => () => `+ ${shown(document.name)}  ${sizesInWords(document)}`),
  );
}

/** What a refresh has found of documents whose source is ignored. */
export function reviewOfIgnored(drift: Required<State>["drift"], confidential: boolean | undefined): string {
  const drifted = Object.entries(drift ?? {});
  const headline = `${count(drifted.length, "document")} not as deployed, and left so, since the option ignoreChanges names source`;
  return page(headline, confidential ? [] : linesOf([], drifted));
}

/**
 * What is to be said of a source besides: of what is read with something left out or not at all, and of files that are
 * no documents.
 */
export function noticesOf(
  { problems, warnings, unread }: Scan,
  { confidential }: Pick<Inputs, "confidential">,
): { readonly warnings: string | undefined; readonly notices: string | undefined } {
  const about = (all: readonly SourceProblem[], what: string): string[] => {
    const lines = all.map((problem) => () => `! ${shown(problem.documents[0] ?? "")}  ${problem.reason}`);
    return all.length === 0
      ? []
      : [
          page(
            `${count(all.length, "document")} ${all.length === 1 ? "is" : "are"} ${what}`,
            confidential ? [] : lines,
          ),
        ];
  };
  const left = `left out, since ${problems.length === 1 ? "it" : "they"} cannot be read and onUnreadable is "skip"`;
  const all = [...about(problems, left), ...about(warnings, "read with warnings")];
  return {
    warnings: all.length === 0 ? undefined : all.join("\n"),
    notices: unread.length === 0 ? undefined : unreadInWords(unread, confidential === true),
  };
}

/** Files of no kind that is read: how many by their endings, each with an example. */
function unreadInWords(names: readonly string[], confidential: boolean): string {
  const byEnding = new Map<string, string[]>();
  for (const name of names) byEnding.set(endingOf(name), [...(byEnding.get(endingOf(name)) ?? []), name]);
  const kinds = Array.from(byEnding).sort(
    ([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1),
  );
  const inWords = kinds
    .slice(0, KINDS_SHOWN)
    .map(
      ([ending, [example = "", ...others]]) =>
        `${number(others.length + 1)} ` +
        `${ending === "" ? "without an ending" : `.${shown(ending)}`}${confidential ? "" : ` (${shown(example)})`}`,
    );
  const more = kinds.length > KINDS_SHOWN ? [`${number(kinds.length - KINDS_SHOWN)} more kinds`] : [];
  return (
    `${count(names.length, "file")} of the folder ${names.length === 1 ? "is" : "are"} not read: ` +
    [...inWords, ...more].join(", ")
  );
}

/** What changes, document by document. */
export function review(before: Before, { documents, confidential }: Declared, { split }: PreparedDocuments): Review {
  const { manifest, drift } = before;
  const besides = besidesDocuments(before);
  const changed = Array.from(documents).filter(
    ([name, sizes]) => !sameFingerprint(manifest.get(name)?.fingerprint, sizes.fingerprint),
  );
  const gone = Array.from(manifest).filter(([name]) => !documents.has(name));
  const wanted = changed.map(([name, { fingerprint }]) => [name, split.get(fingerprint)?.chunks] as const);
  const drifted = Object.entries(drift ?? {});
  if (wanted.some(([, chunks]) => chunks === undefined))
    return roughly(manifest, changed, gone, drifted, besides, confidential);

  const deployed = [...changed, ...gone].flatMap(([name]) => wholes(name, manifest.get(name)));
  const declared = wanted.flatMap(([name, chunks = []]) => chunksWithoutText(name, chunks));
  const { added, updated, deleted, of } = changesOf(deployed, declared);
  const tokensToEmbed = tokensOf(added);
  const headline = headlineOf(
    [
      changed.length + gone.length > 0 &&
        `${number(changed.length + gone.length)} of ` +
          `${count(new Set([...documents.keys(), ...manifest.keys()]).size, "document")} ` +
          (changed.length + gone.length === 1 ? "changes" : "change"),
      drifted.length > 0 && driftHeadline(drifted),
      added.length > 0 && `${count(added.length, "chunk")} to embed, about ${count(tokensToEmbed, "token")}`,
      added.length === 0 && changed.length + gone.length > 0 && "nothing to embed",
      updated > 0 && `${number(updated)} with new metadata`,
      deleted.length > 0 && `${number(deleted.length)} to delete`,
    ],
    besides,
  );
  const lineOf = ([name, sizes]: readonly [string, Sizes]): string =>
    `${manifest.has(name) ? "~" : "+"} ${shown(name)}  ${changeInWords(of(name), sizes, !manifest.has(name))}`;
  const lines = [...changed.map((document) => () => lineOf(document)), ...linesOf(gone, drifted)];
  return { text: page(headline, confidential ? [] : lines), tokensToEmbed };
}

/** What becomes of a document: `2 of 9 chunks, 610 tokens, moved from old.md: Linux`. */
export function changeInWords(change: DocumentChange, sizes: Sizes, isNew: boolean): string {
  const { added, from } = change;
  const tokens = tokensOf(added);
  const cost =
    added.length === 0
      ? "nothing to embed"
      : isNew
        ? sizesInWords({ chunks: added.length, tokens })
        : `${number(added.length)} of ${count(sizes.chunks, "chunk")}, ${count(tokens, "token")}`;
  return `${cost}${from.length > 0 ? `, moved from ${from.map(shown).join(", ")}` : ""}${isNew ? "" : sections(change)}`;
}

/** Chunks of a document as they are compared. */
function chunksWithoutText(document: string, chunks: readonly Chunk[]): Omit<ShownChunk, "occurrence">[] {
  return chunks.map(({ hash, tokens, headings }) => ({ document, hash, tokens, headings }));
}

/** Chunks as they were split: parts that the API wanted smaller are one again. */
function wholes(document: string, entry: ManifestEntry | undefined): Omit<ShownChunk, "occurrence">[] {
  const seen = new Set<string>();
  return (entry?.chunks ?? []).flatMap(({ hash, section, partOf }) => {
    if (partOf !== undefined && seen.has(partOf)) return [];
    if (partOf !== undefined) seen.add(partOf);
    return [{ document, hash: partOf ?? hash, headings: section === "" ? [] : [section], tokens: 0 }];
  });
}

/** Without the documents' text, which a refresh does not read. */
function roughly(
  manifest: Manifest,
  changed: readonly [string, Sizes][],
  gone: readonly [string, ManifestEntry][],
  drifted: readonly Drifted[],
  besides: readonly string[],
  confidential: boolean | undefined,
): Review {
  const lines = [
    ...changed.map(
      ([name, sizes]) =>
        () =>
          `${manifest.has(name) ? "~" : "+"} ${shown(name)}  ${sizesInWords(sizes)}`,
    ),
    ...linesOf(gone, drifted),
  ];
  const headline = headlineOf(
    [
      changed.length + gone.length > 0 &&
        `${count(changed.length + gone.length, "document")} ` +
          `${changed.length + gone.length === 1 ? "differs" : "differ"} from what is deployed`,
      drifted.length > 0 && driftHeadline(drifted),
    ],
    besides,
  );
  return { text: page(headline, confidential ? [] : lines), tokensToEmbed: undefined };
}

/** What changes, if anything, and what follows from it. @param besides sentences about what is no document's. */
function headlineOf(parts: readonly (string | false)[], besides: readonly string[]): string {
  const [first = "", ...rest] = parts.filter((part) => part !== false);
  const documents = rest.length > 0 ? `${first}: ${rest.join(", ")}` : first;
  if (documents === "" && besides.length === 0) return "Only settings change: nothing to embed";
  return [documents, ...besides].filter((line) => line !== "").join("\n");
}

/** So many ids are named. */
const IDS_SHOWN = 5;

function besidesDocuments({ manifest, isRenamed = false, mayMove = false, toPrune = [] }: Before): string[] {
  const chunks = Array.from(manifest.values()).reduce((sum, entry) => sum + entry.chunks.length, 0);
  const ids = `${toPrune
    .slice(0, IDS_SHOWN)
    .map((id) => `"${toldId(id)}"`)
    .join(", ")}${toPrune.length > IDS_SHOWN ? ` and ${number(toPrune.length - IDS_SHOWN)} more` : ""}`;
  const allAre = `${count(chunks, "chunk")} ${chunks === 1 ? "is" : "are"}`;
  return [
    ...(isRenamed ? [`The resource has another name: ${allAre} tagged again, and nothing is embedded`] : []),
    ...(mayMove ? [`The collection is not known yet: where it is another one, ${allAre} embedded again`] : []),
    ...(toPrune.length > 0
      ? [`unmanaged: "prune" deletes what nothing manages, at most ${count(toPrune.length, "item")}: ${ids}`]
      : []),
  ];
}

function linesOf(gone: readonly [string, ManifestEntry][], drifted: readonly Drifted[]): Line[] {
  return [
    ...gone.map(
      ([name, { chunks }]) =>
        () =>
          `- ${shown(name)}  ${count(chunks.length, "chunk")}`,
    ),
    ...drifted.map(
      ([name, what]) =>
        () =>
          `! ${shown(name)}  ${driftInWords(what)}`,
    ),
  ];
}

function driftHeadline(drifted: readonly Drifted[]): string {
  return `${count(drifted.length, "document")} to fix, since the API holds something else than was deployed`;
}

export function sizesInWords({ chunks, tokens }: Pick<Sizes, "chunks" | "tokens">): string {
  return `${count(chunks, "chunk")}, ${count(tokens, "token")}`;
}

/** The headings under which something changes, as the end of a line. */
function sections({ added, deleted }: DocumentChange): string {
  const names = (chunks: readonly ShownChunk[]): string[] => [
    ...new Set(chunks.flatMap(({ headings }) => headings.at(-1) ?? [])),
  ];
  const changed = names(added);
  // The manifest has shortened headings.
  const removed = names(deleted).filter(
    (section) => !changed.some((other) => other.startsWith(section.replace(/…$/u, ""))),
  );
  const listed = [listOf(changed), removed.length === 0 ? "" : `without ${listOf(removed)}`].filter(
    (part) => part !== "",
  );
  return listed.length === 0 ? "" : `: ${listed.join("; ")}`;
}

function listOf(names: readonly string[]): string {
  const more = names.length > SECTIONS_SHOWN ? [`${number(names.length - SECTIONS_SHOWN)} more`] : [];
  return [...names.slice(0, SECTIONS_SHOWN), ...more].join(", ");
}

/** A name as it is, unless something in it would not be seen. */
export function shown(name: string): string {
  const quoted = quote(name);
  return quoted === `"${name}"` ? name : quoted;
}

function page(headline: string, lines: readonly Line[]): string {
  const more = lines.length > SHOWN ? [`… ${number(lines.length - SHOWN)} more`] : [];
  return [headline, ...lines.slice(0, SHOWN).map((line) => line()), ...more].join("\n");
}
