import { DocumentError } from "../../documents/document-error.js";
import type { PreparedDocuments } from "../../documents/prepared.js";
import type { Chunk } from "../../documents/split/chunk.js";
import type { SplitOptions } from "../../documents/split/split.js";
import type { Sizes } from "./sizes.js";
import { quote } from "./source/names.js";
import {
  fingerprint,
  listDocuments,
  sameFingerprint,
  type Source,
  type SourceDocument,
  type SourceProblem,
} from "./source/source.js";

/** A document as it was found. */
export interface ScannedDocument extends Sizes {
  readonly name: string;
  /** Its chunks. @throws Error where it is not any more what was scanned. */
  readonly split: () => Promise<readonly Chunk[]>;
}

/** What a source holds, and everything that is wrong with it. */
export interface Scan {
  readonly documents: readonly ScannedDocument[];
  readonly problems: readonly SourceProblem[];
  /** What is not as it should be of documents that are read nevertheless. */
  readonly warnings: readonly SourceProblem[];
  /** The names of files that belong to the source, but are of no kind that is read. */
  readonly unread: readonly string[];
}

/**
 * Lists, reads and splits all documents of a source, and finds everything wrong with them at once.
 *
 * @param prepared what this process has split already. @param known sizes by document: those that are still right need
 * not be read. @param base the folder from which relative paths count; by default the working directory.
 */
export async function scan(
  source: Source,
  options: SplitOptions,
  prepared: PreparedDocuments,
  known: ReadonlyMap<string, Sizes> = new Map(),
  base?: string,
): Promise<Scan> {
  const { documents: found, problems, unread } = listDocuments(source, base);
  const outcomes: Outcome[] = [];
  let underWay: Promise<Outcome>[] = [];
  for (const document of found) {
    underWay.push(scanOne(document, options, prepared, known.get(document.name)).catch(refused(document)));
    if (!prepared.reader.isBusy) continue;
    outcomes.push(...(await Promise.all(underWay)));
    underWay = [];
  }
  outcomes.push(...(await Promise.all(underWay)));
  const property = propertyOf(source);
  return {
    documents: outcomes.flatMap((outcome) => ("document" in outcome ? [outcome.document] : [])),
    problems: [
      ...problems,
      ...outcomes.flatMap((outcome) =>
        "refusal" in outcome ? [problemOf(property, outcome.name, outcome.refusal)] : [],
      ),
    ],
    warnings: outcomes.flatMap((outcome) =>
      "document" in outcome
        ? outcome.warnings.map((warning) => problemOf(property, outcome.document.name, warning))
        : [],
    ),
    unread,
  };
}

type Outcome =
  | { readonly document: ScannedDocument; readonly warnings: readonly string[] }
  | { readonly name: string; readonly refusal: string };

/** Nothing is waited for where nothing changed: among thousands it would take as long as reading them. */
async function scanOne(
  document: SourceDocument,
  options: SplitOptions,
  prepared: PreparedDocuments,
  known: Sizes | undefined,
): Promise<Outcome> {
  const { name } = document;
  const bytes = document.bytes();
  const mark = fingerprint(name, bytes, options);
  const scanned = { name, fingerprint: mark, split: () => splitOf(document, mark, options, prepared) };
  if (known && sameFingerprint(known.fingerprint, mark)) return { document: { ...known, ...scanned }, warnings: [] };
  const split = prepared.split.get(mark) ?? (await prepared.reader.read(name, bytes, options));
  prepared.split.set(mark, split);
  return { document: { ...sizesOf(mark, split.chunks), ...scanned }, warnings: split.warnings };
}

function refused({ name }: SourceDocument): (error: unknown) => Outcome {
  return (error) => {
    if (!(error instanceof DocumentError)) throw error;
    return { name, refusal: error.message };
  };
}

function problemOf(property: string, name: string, reason: string): SourceProblem {
  return { property, documents: [name], reason, isOfContent: true };
}

/** What keeps a source from being deployed. @param onUnreadable whether documents that cannot be read do. */
export function blocking(
  problems: readonly SourceProblem[],
  onUnreadable: "fail" | "skip" = "fail",
): readonly SourceProblem[] {
  return onUnreadable === "fail" ? problems : problems.filter(({ isOfContent }) => isOfContent !== true);
}

function propertyOf(source: Source): string {
  if (typeof source === "string") return "source";
  return "texts" in source ? "source.texts" : "source.folder";
}

/** What the scan has split is used once: the chunks of a whole folder need not stay. */
async function splitOf(
  { name, bytes }: SourceDocument,
  mark: string,
  options: SplitOptions,
  prepared: PreparedDocuments,
): Promise<readonly Chunk[]> {
  const split = prepared.split.get(mark);
  prepared.split.delete(mark);
  if (split) return split.chunks;
  const now = bytes();
  if (fingerprint(name, now, options) !== mark)
    throw new Error(`source: ${quote(name)} changed while it was being deployed. Run "pulumi up" again.`);
  return (await prepared.reader.read(name, now, options)).chunks;
}

function sizesOf(mark: string, chunks: readonly Chunk[]): Sizes {
  return { chunks: chunks.length, tokens: chunks.reduce((sum, { tokens }) => sum + tokens, 0), fingerprint: mark };
}
