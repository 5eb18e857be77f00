import { quote } from "./names.js";

/** A document as it lies there, not yet read. */
export interface SourceDocument {
  /** Relative to the folder, with `/` between, in NFC; or the text's name. */
  readonly name: string;
  /** Reads it, again every time. @throws DocumentError where it cannot be read any more. */
  readonly bytes: () => Uint8Array;
}

/** Something wrong with a source. */
export interface SourceProblem {
  readonly property: string;
  /** The documents that it is about, as the disk spells them; none where it is the source itself. */
  readonly documents: readonly string[];
  /** A sentence's part that goes on from the property, or from the documents. */
  readonly reason: string;
  /** Whether it is about what the document says, which the reason may quote. */
  readonly isOfContent?: true;
}

/**
 * A problem as a sentence's part that follows the property.
 *
 * @param confidential - whether no name and no text may be in it.
 */
export function reasonOf({ documents, reason, isOfContent }: SourceProblem, confidential = false): string {
  const [one, ...others] = documents;
  if (one === undefined) return reason;
  if (confidential)
    return (
      `has ${others.length === 0 ? "a document" : "documents"}, which ` +
      (isOfContent ? "cannot be read: why is not shown, since the source is secret" : reason)
    );
  return `has ${[one, ...others].map(quote).join(" and ")}, which ${reason}`;
}

/** What a source holds. */
export interface Listed {
  readonly documents: SourceDocument[];
  readonly problems: SourceProblem[];
  /** The names of files that are of no kind that is read. */
  readonly unread: readonly string[];
}

/** In the order of their names' code units, which is the same on every machine. */
export function sorted(documents: readonly SourceDocument[]): SourceDocument[] {
  return documents.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}
