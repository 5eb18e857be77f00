/** What a document says, whatever its format: one text, and where its blocks stand in it. */
export interface Extracted {
  /** From the document's front matter or head; its headings are among the blocks. */
  readonly title?: string;
  readonly description?: string;
  /** In NFC, lines ended by LF. Pieces are slices of it, so they come together to it again. */
  readonly text: string;
  /** In order and without overlap; nothing but white space lies between them. */
  readonly blocks: readonly Block[];
}

/** A heading, or a part of the body that is best kept together. */
export type Block = Heading | Body;

/** Begins a section; from `start` to `end` in the text. */
export interface Heading {
  readonly kind: "heading";
  readonly start: number;
  readonly end: number;
  /** 1 for the outermost. */
  readonly level: number;
  /** Without the signs that mark it as a heading. */
  readonly title: string;
}

/** From `start` to `end` in the text. The kind says where it may be cut: `prose` at sentences first, `lines` at lines. */
export interface Body {
  readonly kind: "prose" | "lines";
  readonly start: number;
  readonly end: number;
  /** Where its opening ends that a later part makes no sense without: a table's head, a code block's first line. */
  readonly head?: number;
}
