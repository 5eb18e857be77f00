import { readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ENDINGS, endingOf } from "../extract/extract.js";

export { fingerprint } from "./fingerprint.js";

/** Where documents come from: a folder, or texts in the program itself. */
export type Source = string | FolderSource | { readonly texts: readonly { readonly name: string; readonly text: string }[] };

export interface FolderSource {
  /** Relative ones count from the program's folder. */
  readonly folder: string;
  /** Globs of what belongs to it, relative to the folder; by default every document that can be read. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

export interface SourceDocument {
  /** Relative to the folder with `/` between, in NFC; or the text's name. */
  readonly name: string;
  /** Reads it, anew every time. */
  readonly bytes: () => Promise<Uint8Array>;
}

/** Something wrong with a source: the property, and a sentence's part that follows its name. */
export interface SourceProblem {
  readonly property: string;
  readonly reason: string;
}

/** Finds a source's documents, sorted by their names' code units, and everything that is wrong at once. */
export async function listDocuments(source: Source): Promise<{ documents: SourceDocument[]; problems: SourceProblem[] }> {
  if (typeof source === "object" && "texts" in source) {
    return { documents: source.texts.map(({ name, text }) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) })), problems: [] };
  }
  const folder = typeof source === "string" ? source : source.folder;
  const names = statSync(folder).isDirectory() ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const documents = names
    .filter((name) => ENDINGS.includes(endingOf(name)) && statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => ({ name, bytes: () => readFile(join(folder, name)) }));
  return Promise.resolve({ documents, problems: [] });
}
