import type { Block, Extracted } from "./extracted.js";
import { frontMatter } from "./front-matter.js";

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]|$)/u;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/u;
const FENCE = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?!`)|~{3,})/u;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/u;
const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/u;
const BLANK = /^[^\S\n]*$/u;

/**
 * Takes Markdown apart line by line: headings of both kinds, fenced code, tables, lists, paragraphs. No tree is made, so
 * that thousands of documents are read in a moment.
 */
export function markdown(source: string): Extracted {
  const { end, title, description } = frontMatter(source);
  const text = description === undefined ? source.slice(end) : `${description}\n\n${source.slice(end)}`;
  return { ...(title !== undefined && { title }), ...(description !== undefined && { description }), ...markdownBody(text) };
}

/** Markdown that comes without front matter. */
export function markdownBody(text: string): Pick<Extracted, "text" | "blocks"> {
  return { text, blocks: new Scanner(text).blocks() };
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

class Scanner {
  readonly #found: Block[] = [];
  readonly #text: string;
  #next: Line | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#lineAt(0);
  }

  /** Lines are made as they are come to: all at once, they would take many times the text's memory. */
  #lineAt(start: number): Line | undefined {
    if (start >= this.#text.length) return undefined;
    const newline = this.#text.indexOf("\n", start);
    const end = newline < 0 ? this.#text.length : newline;
    return { start, end, text: this.#text.slice(start, end) };
  }

  blocks(): Block[] {
    for (let line = this.#peek(); line; line = this.#peek()) {
      if (BLANK.test(line.text)) this.#take();
      else if (!this.#heading(line) && !this.#code(line) && !this.#table(line) && !this.#list(line)) this.#paragraph(line);
    }
    return this.#found;
  }

  #peek(): Line | undefined {
    return this.#next;
  }

  #heading(line: Line): boolean {
    const match = HEADING.exec(line.text);
    if (!match) return false;
    this.#take();
    const [whole, signs = ""] = match;
    const title = line.text.slice(whole.length).trim();
    this.#found.push({ kind: "heading", start: line.start, end: line.end, level: signs.length, title: plainTitle(closed(title)) });
    return true;
  }

  #code(line: Line): boolean {
    const fence = fenceOf(line.text);
    if (fence === undefined || (/^(?: {4}|\t)/u.test(line.text) && !ITEM.test(line.text))) return false;
    const last = this.#skipCode(fence);
    this.#found.push({ kind: "lines", start: line.start, end: last.end, head: line.end });
    return true;
  }

  /** Goes behind a fence's end, or to the text's where it has none. */
  #skipCode(fence: string): Line {
    const closing = new RegExp(`^[ \\t]*${fence}${fence.charAt(0)}*[ \\t]*$`, "u");
    let last = this.#take();
    for (let line = this.#peek(); line; line = this.#peek()) {
      last = this.#take();
      if (closing.test(line.text)) break;
    }
    return last;
  }

  #take(): Line {
    const line = this.#next;
    if (!line) throw new RangeError("There is no line left.");
    this.#next = this.#lineAt(line.end + 1);
    return line;
  }

  #table(line: Line): boolean {
    if (!line.text.includes("|")) return false;
    const delimiter = this.#lineAt(line.end + 1);
    if (!delimiter || !delimiter.text.includes("-") || !DELIMITER.test(delimiter.text) || !delimiter.text.includes("|")) return false;
    let last = line;
    for (let row = this.#peek(); row && !BLANK.test(row.text); row = this.#peek()) last = this.#take();
    this.#found.push({ kind: "lines", start: line.start, end: last.end, head: delimiter.end });
    return true;
  }

  #list(line: Line): boolean {
    if (!ITEM.test(line.text)) return false;
    let last = line;
    for (let next = this.#peek(); next; next = this.#peek()) {
      if (BLANK.test(next.text)) {
        if (!this.#goesOn()) break;
      } else {
        if (HEADING.test(next.text)) break;
        const fence = fenceOf(next.text);
        last = fence === undefined ? this.#take() : this.#skipCode(fence);
      }
    }
    this.#found.push({ kind: "lines", start: line.start, end: last.end });
    return true;
  }

  /** Goes behind empty lines, and tells whether a list goes on there. */
  #goesOn(): boolean {
    while (this.#next && BLANK.test(this.#next.text)) this.#take();
    const line = this.#next;
    return line !== undefined && (ITEM.test(line.text) || /^(?: {2}|\t)/u.test(line.text));
  }

  #paragraph(first: Line): void {
    let last = this.#take();
    for (let line = this.#peek(); line && !BLANK.test(line.text); line = this.#peek()) {
      if (UNDERLINE.test(line.text)) {
        this.#take();
        const title = this.#text.slice(first.start, last.end);
        this.#found.push({ kind: "heading", start: first.start, end: line.end, level: line.text.includes("=") ? 1 : 2, title: plainTitle(title) });
        return;
      }
      if (HEADING.test(line.text) || fenceOf(line.text) !== undefined) break;
      last = this.#take();
    }
    this.#found.push({ kind: "prose", start: first.start, end: last.end });
  }
}

/** A fence's signs; behind those of backticks no other may stand in the line. */
function fenceOf(line: string): string | undefined {
  const match = FENCE.exec(line);
  const fence = match?.[1];
  return fence?.startsWith("`") && line.includes("`", match?.[0].length) ? undefined : fence;
}

/** A heading without the signs that may close it. */
function closed(title: string): string {
  let end = title.length;
  while (title[end - 1] === "#") end--;
  return end === 0 || /[ \t]/u.test(title.charAt(end - 1)) ? title.slice(0, end) : title;
}

/** What is longer is no heading that anybody reads, in characters. */
const LONGEST_TITLE = 1000;

/** A heading as it reads: without links, emphasis and code signs. */
function plainTitle(title: string): string {
  return title
    .slice(0, LONGEST_TITLE)
    .toWellFormed()
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, "$1")
    .replace(/<\/?[a-z][^>]*>|[`*]/giu, "")
    .replace(/\s+/gu, " ")
    .trim();
}
