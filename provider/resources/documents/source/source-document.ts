/** A document as it lies there, not yet read. */
export interface SourceDocument {
  /** Relative to the folder, with `/` between, in NFC; or the text's name. */
  readonly name: string;
  /** Reads it, anew every time. @throws DocumentError where it cannot be read any more. */
  readonly bytes: () => Uint8Array;
}

/** Something wrong with a source: the property, and a sentence's part that follows its name. */
export interface SourceProblem {
  readonly property: string;
  readonly reason: string;
}

/** In the order of their names' code units, which is the same on every machine. */
export function sorted(documents: readonly SourceDocument[]): SourceDocument[] {
  return documents.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}
