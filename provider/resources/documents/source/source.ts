import { listFolder, type FolderSource } from "./folder.js";
import type { Listed } from "./source-document.js";
import { listTexts, type InlineText } from "./texts.js";

export { fingerprint, sameFingerprint } from "./fingerprint.js";
export { reasonOf, type SourceDocument, type SourceProblem } from "./source-document.js";

export type { FolderSource };

/** Where documents come from: the path of a folder, a part of one, or texts in the program itself. */
export type Source = string | FolderSource | { readonly texts: readonly InlineText[] };

/**
 * Finds a source's documents, sorted by the code units of their names, and everything that is wrong with it at once. A
 * source that is well but empty has neither.
 *
 * @param base the folder from which relative paths count: the program's, in which its provider runs.
 */
export function listDocuments(source: Source, base = process.cwd()): Listed {
  if (typeof source === "string") return listFolder({ folder: source }, base, "source", "source");
  return "texts" in source ? listTexts(source.texts) : listFolder(source, base, "source.folder", "source");
}
