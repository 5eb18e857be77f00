/**
 * What a document says, whatever its format: the same tree from every reader. The chunker walks it and knows no format.
 *
 * All texts are in NFC with lines ended by LF, and stand as a chunk shows them. Of Markdown they are the author's own
 * source, with what the page does not show left out; of other formats they are plain text with the signs that Markdown
 * would use.
 */
export interface DocumentTree {
  /**
   * What the document says that it is called: front matter, the one `h1`, `<title>`, the style Title, the PDF's title.
   */
  readonly title?: string;
  readonly blocks: readonly Block[];
  /** What was left out and could be missed, such as an equation: parts of sentences that follow the document's name. */
  readonly warnings?: readonly string[];
}

/** A part of a document. A container that has a heading somewhere in it counts as what it contains. */
export type Block = Heading | Leaf | Container;

/** What has text of its own. */
export type Leaf = Paragraph | Code | Table | Entry;

/** What has other blocks in it. A chunk is split between containers before it is split within one. */
export type Container = List | Item | Quote | Definition | Page;

interface Placed {
  /** Stands on the line below the block before it, with no empty line between. */
  readonly tight?: boolean;
}

/** Begins a section that lasts until the next heading of the same or a lower level. */
export interface Heading extends Placed {
  readonly kind: "heading";
  /** 1 for the outermost. */
  readonly level: number;
  /** In one line, without signs of markup, links to itself or ids. It stands in the heading path above chunks. */
  readonly title: string;
  /** As it stands in the text of its section's first chunk: `## Title`. */
  readonly text: string;
}

/** Prose. It is split between sentences where it has to be. */
export interface Paragraph extends Placed {
  readonly kind: "paragraph";
  readonly text: string;
}

/** Preformatted text. It is split between lines. */
export interface Code extends Placed {
  readonly kind: "code";
  /** With its fences where it has some. */
  readonly text: string;
  /** The text's first line, without the line break, where it opens a fence: it is repeated above each later chunk. */
  readonly opening?: string;
}

/**
 * Split between rows; a row that is too long is split between sentences. Caption and head stand above each chunk of it.
 */
export interface Table extends Placed {
  readonly kind: "table";
  readonly caption?: string;
  /** The head's lines as they are shown, with the line of dashes below where the form has one. */
  readonly head?: string;
  /** One string for each row: `| cell | cell |`. */
  readonly rows: readonly string[];
}

/**
 * A row of CSV or an entry of JSON: a line `name: value` for each field. A later chunk of a long value repeats its
 * name.
 */
export interface Entry extends Placed {
  readonly kind: "entry";
  readonly fields: readonly Field[];
}

/** A named value; one without a name stands alone. */
export interface Field {
  readonly name?: string;
  /** Not empty. */
  readonly value: string;
  /** How deep that is nested which begins here: before the outermost it is split first. */
  readonly level?: number;
}

export interface List extends Placed {
  readonly kind: "list";
  /** Where it is nothing but links to parts of the document: what they say, without signs of markup. */
  readonly links?: readonly string[];
  readonly items: readonly Item[];
}

export interface Item extends Placed {
  readonly kind: "item";
  /** The first one's text begins with the item's sign (`- `, `1. `); what is nested is indented. */
  readonly blocks: readonly Block[];
}

/** Its texts have the signs of a quote (`> `) before each line. */
export interface Quote extends Placed {
  readonly kind: "quote";
  readonly blocks: readonly Block[];
}

/** A term, or a signature, with what it means. They are not parted, and the term stands above each later chunk. */
export interface Definition extends Placed {
  readonly kind: "definition";
  /** One line for each term that has this description. */
  readonly term: string;
  readonly blocks: readonly Block[];
}

/**
 * A page of paginated text. Its end parts no sentence: a reader that finds one going on puts its rest on the first
 * page.
 */
export interface Page extends Placed {
  readonly kind: "page";
  /** 1 for the first. */
  readonly number: number;
  readonly blocks: readonly Block[];
}

/** Whether a block has other blocks in it. */
export function isContainer(block: Block): block is Container {
  return "blocks" in block || block.kind === "list";
}

/** The blocks in a container, in order. */
export function childrenOf(container: Container): readonly Block[] {
  return container.kind === "list" ? container.items : container.blocks;
}

/** All headings, those in containers, too. */
export function headingsIn(blocks: readonly Block[]): Heading[] {
  const found: Heading[] = [];
  const visit = (block: Block): void => {
    if (block.kind === "heading") found.push(block);
    else if (isContainer(block)) childrenOf(block).forEach(visit);
  };
  blocks.forEach(visit);
  return found;
}

/** Whether a block is a heading, or has one in it. */
export function hasHeading(block: Block): boolean {
  return block.kind === "heading" || (isContainer(block) && childrenOf(block).some(hasHeading));
}
