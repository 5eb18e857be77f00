import type { Block, DocumentTree } from "../tree.js";

const HEADING =
  /^(\*+)\s+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED)\s+)?(?:\[#[A-Z0-9]\]\s+)?(.*?)(?:\s+:[\p{L}\p{N}_@#%:]+:)?\s*$/u;
/** A part that is for the author alone. */
const UNSEEN = /^\*+\s+COMMENT\b|:(?:noexport|ARCHIVE):[\w@#%:]*\s*$/u;
const KEYWORD = /^\s*#\+(\w+):\s*(.*)$/u;
const BEGIN = /^\s*#\+BEGIN_(\w+)(?:\s+(\S+))?/iu;
const DRAWER = /^\s*:[\w-]+:\s*$/u;
const END_OF_DRAWER = /^\s*:END:\s*$/iu;
const COMMENT = /^\s*#(?:\s|$)/u;
const PLANNING = /^\s*(?:(?:SCHEDULED|DEADLINE|CLOSED):\s*[<[][^>\]]*[>\]]\s*)+$/u;
const TRANSITION = /^\s*-{5,}\s*$/u;
const TABLE = /^\s*\|/u;
const RULE = /^\s*\|[-+|]+\s*$/u;
const LINK = /\[\[([^\]]+)\](?:\[([^\]]+)\])?\]/gu;

/** What is written between `#+BEGIN_` and `#+END_` as it stands. */
const VERBATIM = /^(?:src|example|export)$/iu;

/**
 * Org by a simple rule: lines that begin with asterisks are headings of as many levels, `#+TITLE:` is the title; blocks
 * of source stay as they are, tables have their caption, and comments, drawers, dates of tasks, other keywords and
 * exports are left out. All else is paragraphs, as they are parted by empty lines. (The parsers in the registry are
 * parts of editors, or ESM trees of a few users.)
 */
export function org(source: string): DocumentTree {
  const reader = new Reader(source.split("\n"));
  reader.read();
  return { ...(reader.title !== "" && { title: reader.title }), blocks: reader.blocks };
}

class Reader {
  readonly blocks: Block[] = [];
  title = "";
  readonly #lines: readonly string[];
  #at = 0;
  #caption = "";
  #paragraph: string[] = [];

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  read(): void {
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? "";
      if (
        !this.#heading(line) &&
        !this.#block(line) &&
        !this.#keyword(line) &&
        !this.#drawer(line) &&
        !this.#table(line)
      )
        this.#text(line);
    }
    this.#finish();
  }

  #finish(): void {
    const text = this.#paragraph
      .join("\n")
      .replace(LINK, (_, target: string, label?: string) => label ?? target)
      .trimEnd();
    if (text.trim() !== "") this.blocks.push({ kind: "paragraph", text });
    this.#paragraph = [];
  }

  #heading(line: string): boolean {
    const [, stars = "", text = ""] = HEADING.exec(line) ?? [];
    if (stars === "") return false;
    this.#finish();
    if (UNSEEN.test(line)) {
      this.#at = this.#endOf(stars.length);
      return true;
    }
    const title = text.replace(LINK, (_, target: string, label?: string) => label ?? target);
    if (title !== "") this.blocks.push({ kind: "heading", level: stars.length, title, text: `${stars} ${title}` });
    this.#at++;
    return true;
  }

  /** Where a part ends that begins with so many asterisks. */
  #endOf(level: number): number {
    const end = this.#lines.findIndex(
      (line, index) => index > this.#at && (HEADING.exec(line)?.[1]?.length ?? Infinity) <= level,
    );
    return end < 0 ? this.#lines.length : end;
  }

  #block(line: string): boolean {
    const [, kind = "", language = ""] = BEGIN.exec(line) ?? [];
    if (kind === "") return false;
    const end = new RegExp(`^\\s*#\\+END_${kind}\\b`, "iu");
    const until = this.#lines.findIndex((other, index) => index > this.#at && end.test(other));
    if (until < 0) return false;
    this.#finish();
    const inner = this.#lines.slice(this.#at + 1, until);
    const opening = `#+BEGIN_${kind}${language === "" ? "" : ` ${language}`}`;
    if (/^comment$/iu.test(kind) || /^export$/iu.test(kind)) this.#at = until + 1;
    else if (VERBATIM.test(kind)) {
      this.blocks.push({ kind: "code", text: [opening, ...inner, `#+END_${kind}`].join("\n"), opening });
      this.#at = until + 1;
    } else {
      const reader = new Reader(inner);
      reader.read();
      this.blocks.push({ kind: "quote", blocks: reader.blocks });
      this.#at = until + 1;
    }
    return true;
  }

  #keyword(line: string): boolean {
    const [, name = "", value = ""] = KEYWORD.exec(line) ?? [];
    if (name === "" && !COMMENT.test(line)) return false;
    if (/^title$/iu.test(name)) this.title = `${this.title} ${value}`.trim();
    if (/^caption$/iu.test(name)) this.#caption = value;
    this.#at++;
    return true;
  }

  #drawer(line: string): boolean {
    if (!DRAWER.test(line)) return false;
    const until = this.#lines.findIndex(
      (other, index) => index > this.#at && (END_OF_DRAWER.test(other) || HEADING.test(other)),
    );
    if (until < 0 || !END_OF_DRAWER.test(this.#lines[until] ?? "")) return false;
    this.#at = until + 1;
    return true;
  }

  #table(line: string): boolean {
    if (!TABLE.test(line)) return false;
    this.#finish();
    let until = this.#at;
    while (TABLE.test(this.#lines[until] ?? "")) until++;
    const lines = this.#lines.slice(this.#at, until).map((row) => row.trim());
    this.#at = until;
    const rule = lines.findIndex((row, index) => index > 0 && RULE.test(row));
    const rows = lines.slice(rule + 1).filter((row) => !RULE.test(row));
    const head = rule < 0 ? "" : lines.slice(0, rule + 1).join("\n");
    this.blocks.push({
      kind: "table",
      ...(this.#caption !== "" && { caption: this.#caption }),
      ...(head !== "" && rows.length > 0 && { head }),
      rows: rows.length > 0 ? rows : lines,
    });
    this.#caption = "";
    return true;
  }

  #text(line: string): void {
    if (line.trim() === "" || PLANNING.test(line) || TRANSITION.test(line)) this.#finish();
    else this.#paragraph.push(line);
    this.#at++;
  }
}
