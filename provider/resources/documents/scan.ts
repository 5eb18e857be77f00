import { cut, type CutSettings } from "./cut/cut.js";
import type { Piece } from "./cut/piece.js";
import { DocumentError } from "./extract/document-error.js";
import { extract } from "./extract/extract.js";
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
export async function scan(source: Source, settings: CutSettings, known: ReadonlyMap<string, Sizes> = new Map(), base?: string): Promise<Scan> {
  const { documents: found, problems } = listDocuments(source, base);
  const documents: ScannedDocument[] = [];
  const unreadable: SourceProblem[] = [];
  for (const document of found) {
    try {
      const bytes = document.bytes();
      const mark = fingerprint(document.name, bytes, settings);
      let sizes = known.get(document.name);
      // Nothing is waited for where nothing changed: among thousands it would take as long as reading them.
      if (!sizes || !sameFingerprint(sizes.fingerprint, mark)) {
        if (!cutPieces.has(mark)) cutPieces.set(mark, cut(await extract(document.name, bytes), settings));
        sizes = sizesOf(mark, cutPieces.get(mark) ?? []);
      }
      documents.push({ name: document.name, ...sizes, fingerprint: mark, cut: () => cutOf(document, mark, settings) });
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      unreadable.push({ property: propertyOf(source), documents: [document.name], reason: error.message, quotes: true });
    }
  }
  return { documents, problems: [...problems, ...unreadable] };
}

function propertyOf(source: Source): string {
  if (typeof source === "string") return "source";
  return "texts" in source ? "source.texts" : "source.folder";
}

/** What the scan has cut is used once: the pieces of a whole folder need not stay. */
async function cutOf({ name, bytes }: SourceDocument, mark: string, settings: CutSettings): Promise<readonly Piece[]> {
  const pieces = cutPieces.get(mark);
  cutPieces.delete(mark);
  if (pieces) return pieces;
  const now = bytes();
  if (fingerprint(name, now, settings) !== mark) throw new Error(`source: ${quote(name)} changed while it was being deployed. Run "pulumi up" again.`);
  return cut(await extract(name, now), settings);
}

function sizesOf(mark: string, pieces: readonly Piece[]): Sizes {
  return { pieces: pieces.length, tokens: pieces.reduce((sum, { tokens }) => sum + tokens, 0), fingerprint: mark };
}
