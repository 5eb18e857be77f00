import type { Field } from "../../tree.js";

/** A line of a page as it is printed. Lengths are in points, from the page's lower left corner. */
export interface Line {
  /** In NFC, without white space at its ends. Two spaces stand where a gap is as wide as between columns. */
  readonly text: string;
  readonly x: number;
  readonly right: number;
  /** Of the base line. */
  readonly y: number;
  /** Of the letters. */
  readonly size: number;
  /** Whether all of it is in letters of the same width, as code is. */
  readonly isMonospaced: boolean;
}

/** A page of a PDF, taken apart. */
export interface PrintedPage {
  /** 1 for the first. */
  readonly number: number;
  readonly height: number;
  /** In the order in which they are drawn, which is that of reading nearly always. */
  readonly lines: readonly Line[];
  /** What is filled in. */
  readonly fields: readonly Field[];
  /** Whether there is a picture on it; told of pages without text alone. */
  readonly hasPicture: boolean;
  /** Whether lines of a table of contents or an index were left out. */
  readonly wasContents?: boolean;
}

/** An entry of a PDF's outline. */
export interface Mark {
  readonly title: string;
  /** 1 for the outermost. */
  readonly level: number;
  readonly page: number;
  /** Where it leads on the page, if it says so. */
  readonly y: number | undefined;
}

/** What a PDF prints and says of itself. */
export interface PrintedDocument {
  readonly title: string | undefined;
  readonly marks: readonly Mark[];
  readonly pages: readonly PrintedPage[];
}
