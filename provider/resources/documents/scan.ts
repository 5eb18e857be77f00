import type { CutSettings } from "./cut/cut.js";
import type { Piece } from "./cut/piece.js";
import { DocumentError } from "./extract/document-error.js";
import { reader, type Reader } from "./reading/reader.js";
import type { Sizes } from "./sizes.js";
import { quote } from "./source/names.js";
import { fingerprint, listDocuments, sameFingerprint, type Source, type SourceDocument, type SourceProblem } from "./source/source.js";

/** A document as it was found. */
export interface ScannedDocument extends Sizes {
  readonly name: string;
  /** Its pieces. @throws Error where it is not any more what was scanned. */
  readonly cut: () => Promise<readonly Piece[]>;
}

/** What a source holds, or everything that is wrong with it. */
export interface Scan {
  readonly documents: readonly ScannedDocument[];
  readonly problems: readonly SourceProblem[];
}

/** What this process has cut and not yet used, by fingerprint: the engine lets the process that checks a resource also make it. */
const cutPieces = new Map<string, readonly Piece[]>();

/** The pieces of a document that this process has just cut. */
export function piecesOf(fingerprintOfDocument: string): readonly Piece[] | undefined {
  return cutPieces.get(fingerprintOfDocument);
}

/**
 * Lists, reads and cuts all documents of a source, and finds everything wrong with them at once.
 *
 * @param known sizes by document: those that are still right need not be cut. @param base the folder from which relative paths
 * count; by default the working directory.
 */
export async function scan(
  source: Source,
  settings: CutSettings,
  known: ReadonlyMap<string, Sizes> = new Map(),
  base?: string,
  by: Reader = reader,
): Promise<Scan> {
  const { documents: found, problems } = listDocuments(source, base);
  const outcomes: (ScannedDocument | SourceProblem)[] = [];
  let underWay: Promise<ScannedDocument | SourceProblem>[] = [];
  for (const document of found) {
    underWay.push(scanOne(document, settings, known.get(document.name), by).catch(problemOf(source, document)));
    if (!by.isBusy) continue;
    outcomes.push(...(await Promise.all(underWay)));
    underWay = [];
  }
  outcomes.push(...(await Promise.all(underWay)));
  return {
    documents: outcomes.filter((outcome) => "cut" in outcome),
    problems: [...problems, ...outcomes.filter((outcome) => "reason" in outcome)],
  };
}

/** Nothing is waited for where nothing changed: among thousands it would take as long as reading them. */
async function scanOne(document: SourceDocument, settings: CutSettings, known: Sizes | undefined, by: Reader): Promise<ScannedDocument> {
  const { name } = document;
  const bytes = document.bytes();
  const mark = fingerprint(name, bytes, settings);
  const scanned = { name, fingerprint: mark, cut: () => cutOf(document, mark, settings, by) };
  if (known && sameFingerprint(known.fingerprint, mark)) return { ...known, ...scanned };
  const pieces = cutPieces.get(mark) ?? (await by.read(name, bytes, settings));
  cutPieces.set(mark, pieces);
  return { ...sizesOf(mark, pieces), ...scanned };
}

function problemOf(source: Source, { name }: SourceDocument): (error: unknown) => SourceProblem {
  return (error) => {
    if (!(error instanceof DocumentError)) throw error;
    return { property: propertyOf(source), documents: [name], reason: error.message, quotes: true };
  };
}

function propertyOf(source: Source): string {
  if (typeof source === "string") return "source";
  return "texts" in source ? "source.texts" : "source.folder";
}

/** What the scan has cut is used once: the pieces of a whole folder need not stay. */
async function cutOf({ name, bytes }: SourceDocument, mark: string, settings: CutSettings, by: Reader): Promise<readonly Piece[]> {
  const pieces = cutPieces.get(mark);
  cutPieces.delete(mark);
  if (pieces) return pieces;
  const now = bytes();
  if (fingerprint(name, now, settings) !== mark) throw new Error(`source: ${quote(name)} changed while it was being deployed. Run "pulumi up" again.`);
  return by.read(name, now, settings);
}

function sizesOf(mark: string, pieces: readonly Piece[]): Sizes {
  return { pieces: pieces.length, tokens: pieces.reduce((sum, { tokens }) => sum + tokens, 0), fingerprint: mark };
}
