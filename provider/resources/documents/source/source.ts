import { listFolder } from "./folder.js";
import type { SourceDocument, SourceProblem } from "./source-document.js";
import { listTexts, type InlineText } from "./texts.js";

export { fingerprint, sameFingerprint } from "./fingerprint.js";
export { reasonOf, type SourceDocument, type SourceProblem } from "./source-document.js";

/** Where documents come from: the path of a folder, a part of one, or texts in the program itself. */
export type Source = string | FolderSource | { readonly texts: readonly InlineText[] };

/** A folder of documents, or those of it that the globs say. */
export interface FolderSource {
  /** Relative ones count from the program's folder. */
  readonly folder: string;
  /** Globs, relative to the folder, of what belongs to it; by default every document that can be read. One that names a folder means all that is in it. */
  readonly include?: readonly string[] | undefined;
  /** Globs of what does not. */
  readonly exclude?: readonly string[] | undefined;
  /** Whether links within the repository may lead out of it. */
  readonly followLinks?: boolean | undefined;
}

/**
 * Finds a source's documents, sorted by the code units of their names, and everything that is wrong with it at once. A
 * source that is well but empty has neither.
 *
 * @param base the folder from which relative paths count: the program's, in which its provider runs.
 */
export function listDocuments(source: Source, base = process.cwd()): { documents: SourceDocument[]; problems: SourceProblem[] } {
  if (typeof source === "string") return listFolder({ folder: source }, base, "source", "source");
  return "texts" in source ? listTexts(source.texts) : listFolder(source, base, "source.folder", "source");
}
