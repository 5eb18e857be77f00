import type { Block, Extracted } from "./extracted.js";
import { frontMatter } from "./front-matter.js";

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/u;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/u;
const FENCE = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?!.*`)|~{3,})/u;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/u;
const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/u;
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
  readonly #lines: Line[];
  #at = 0;

  constructor(text: string) {
    this.#lines = [];
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf("\n", start);
      const end = newline < 0 ? text.length : newline;
      this.#lines.push({ start, end, text: text.slice(start, end) });
      start = end + 1;
    }
  }

  blocks(): Block[] {
    for (let line = this.#peek(); line; line = this.#peek()) {
      if (BLANK.test(line.text)) this.#at++;
      else if (!this.#heading(line) && !this.#code(line) && !this.#table(line) && !this.#list(line)) this.#paragraph(line);
    }
    return this.#found;
  }

  #peek(offset = 0): Line | undefined {
    return this.#lines[this.#at + offset];
  }

  #heading(line: Line): boolean {
    const match = HEADING.exec(line.text);
    if (!match) return false;
    this.#at++;
    const [, signs = "", title = ""] = match;
    this.#found.push({ kind: "heading", start: line.start, end: line.end, level: signs.length, title: plainTitle(title) });
    return true;
  }

  #code(line: Line): boolean {
    const fence = FENCE.exec(line.text)?.[1];
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
    const line = this.#lines[this.#at++];
    if (!line) throw new RangeError("There is no line left.");
    return line;
  }

  #table(line: Line): boolean {
    const delimiter = this.#peek(1);
    if (!delimiter || !line.text.includes("|") || !delimiter.text.includes("-") || !DELIMITER.test(delimiter.text) || !delimiter.text.includes("|")) return false;
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
        this.#at++;
      } else {
        if (HEADING.test(next.text)) break;
        const fence = FENCE.exec(next.text)?.[1];
        last = fence === undefined ? this.#take() : this.#skipCode(fence);
      }
    }
    this.#found.push({ kind: "lines", start: line.start, end: last.end });
    return true;
  }

  /** Whether a list goes on behind empty lines. */
  #goesOn(): boolean {
    let offset = 1;
    for (let line = this.#peek(offset); line; line = this.#peek(++offset)) {
      if (!BLANK.test(line.text)) return ITEM.test(line.text) || /^(?: {2}|\t)/u.test(line.text);
    }
    return false;
  }

  #paragraph(first: Line): void {
    const from = this.#at;
    let last = this.#take();
    for (let line = this.#peek(); line && !BLANK.test(line.text); line = this.#peek()) {
      if (UNDERLINE.test(line.text)) {
        this.#at++;
        const title = this.#lines.slice(from, this.#at - 1).map((part) => part.text.trim()).join(" ");
        this.#found.push({ kind: "heading", start: first.start, end: line.end, level: line.text.includes("=") ? 1 : 2, title: plainTitle(title) });
        return;
      }
      if (HEADING.test(line.text) || FENCE.test(line.text)) break;
      last = this.#take();
    }
    this.#found.push({ kind: "prose", start: first.start, end: last.end });
  }
}

/** A heading as it reads: without links, emphasis and code signs. */
function plainTitle(title: string): string {
  return title
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, "$1")
    .replace(/<\/?[a-z][^>]*>|[`*]/giu, "")
    .replace(/\s+/gu, " ")
    .trim();
}
