import { cut, type CutSettings } from "./cut/cut.js";
import type { Piece } from "./cut/piece.js";
import { DocumentError } from "./extract/document-error.js";
import { extract } from "./extract/extract.js";
import { readSizes, type Sizes } from "./sizes.js";
import { quote } from "./source/names.js";
import { fingerprint, listDocuments, type Source, type SourceDocument, type SourceProblem } from "./source/source.js";

/** A piece without its text. */
export interface Outline {
  readonly hash: string;
  readonly tokens: number;
  /** The innermost heading that it stands under; empty where there is none. */
  readonly section: string;
}

/** A document as it was found. */
export interface ScannedDocument extends Sizes {
  readonly name: string;
  /** Reads and cuts it anew. @throws Error where it is not any more what was scanned. */
  readonly cut: () => Promise<readonly Piece[]>;
}

/** What a source holds, or everything that is wrong with it. */
export interface Scan {
  readonly documents: readonly ScannedDocument[];
  readonly problems: readonly SourceProblem[];
}

/** Outlines of what this process has cut, by fingerprint. */
const outlines = new Map<string, readonly Outline[]>();

/** The pieces of a document that this process has cut before. */
export function outlineOf(fingerprintOfDocument: string): readonly Outline[] | undefined {
  return outlines.get(fingerprintOfDocument);
}

/**
 * Lists, reads and cuts all documents of a source, and finds everything wrong with them at once.
 *
 * @param known lines of `sizes.ts` by document: those that are still right need not be cut.
 */
export async function scan(source: Source, settings: CutSettings, known: Readonly<Record<string, unknown>> = {}): Promise<Scan> {
  const { documents: found, problems } = await listDocuments(source);
  const documents: ScannedDocument[] = [];
  const unreadable: SourceProblem[] = [];
  for (const document of found) {
    try {
      documents.push(await scanOne(document, settings, readSizes(known[document.name])));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      unreadable.push({ property: propertyOf(source), reason: `has ${quote(document.name)}, which ${error.message}` });
    }
  }
  return { documents, problems: [...problems, ...unreadable] };
}

function propertyOf(source: Source): string {
  if (typeof source === "string") return "source";
  return "texts" in source ? "source.texts" : "source.folder";
}

async function scanOne(document: SourceDocument, settings: CutSettings, known: Sizes | undefined): Promise<ScannedDocument> {
  const { name } = document;
  const bytes = await document.bytes();
  const mark = fingerprint(name, bytes, settings);
  const sizes = known?.fingerprint === mark ? known : sizesOf(mark, outlines.get(mark) ?? outline(mark, cut(await extract(name, bytes), settings)));
  const cutAgain = async (): Promise<readonly Piece[]> => {
    const now = await document.bytes();
    if (fingerprint(name, now, settings) !== mark) throw new Error(`source: ${quote(name)} changed while it was being deployed. Run "pulumi up" again.`);
    const pieces = cut(await extract(name, now), settings);
    outline(mark, pieces);
    return pieces;
  };
  return { name, ...sizes, cut: cutAgain };
}

function outline(mark: string, pieces: readonly Piece[]): readonly Outline[] {
  const made = pieces.map(({ hash, tokens, headings }) => ({ hash, tokens, section: headings.at(-1) ?? "" }));
  outlines.set(mark, made);
  return made;
}

function sizesOf(mark: string, pieces: readonly Outline[]): Sizes {
  return { pieces: pieces.length, tokens: pieces.reduce((sum, { tokens }) => sum + tokens, 0), fingerprint: mark };
}
