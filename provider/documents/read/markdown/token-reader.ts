import type { Token } from "markdown-it";
import type { Block, Item } from "../../tree.js";
import { withoutJsx } from "./mdx.js";
import { openTable } from "./open-table.js";
import { isTextless, tidied, visible, withoutAnchors } from "./visible.js";

/** What is needed besides the tokens. */
export interface Means {
  readonly titleOf: (source: string) => string;
  /** Reads raw HTML. */
  readonly html: ((source: string) => readonly Block[]) | undefined;
  /** Makes raw HTML of tokens. */
  readonly rendered: (tokens: readonly Token[]) => string;
  readonly isMdx: boolean;
}

/** Makes blocks of a parser's tokens, their texts being the lines of the source. */
export class TokenReader {
  readonly #starts: number[] = [0];
  #at = 0;
  /** The first line that no block has had. */
  #line = 0;
  /** Behind the last line that is shown. */
  #shown = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
    private readonly means: Means,
  ) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** All blocks. */
  blocks(): Block[] {
    return this.#until(undefined, this.#starts.length);
  }

  /** The blocks up to a token that closes what they are in. */
  #until(closing: string | undefined, end: number): Block[] {
    const found: Block[] = [];
    for (let token = this.#take(); token && token.type !== closing; token = this.#take()) {
      // Definitions of links are told from footnotes by their text.
      if (token.map === null || token.type === "reference_definition") continue;
      const [start, behind] = token.map;
      const type = token.type.replace(/_open$/u, "");
      const isContainer = type in CONTAINERS;
      found.push(...this.#between(start));
      if (isContainer) found.push(...this.#container(type as keyof typeof CONTAINERS, start, behind));
      else found.push(...this.#leaf(type, token, start, behind));
    }
    found.push(...this.#between(end));
    return found;
  }

  #take(): Token | undefined {
    return this.tokens[this.#at++];
  }

  /** Lines that the parser made nothing of, as it does of link definitions and of what is nested too deeply. */
  #between(until: number): Block[] {
    const start = this.#line;
    if (until <= start) return [];
    this.#line = until;
    const text = this.#source(start, until)
      .replace(/^[>\s]*\[(?!\^)[^\]\n]*\]:.*(?:\n[>\s]*\S.*)*/gmu, "")
      .replace(/^[>\-+*\s]+$/gmu, "")
      .trim();
    if (text === "") return [];
    return [this.#placed({ kind: "paragraph", text }, start, until)];
  }

  #container(type: keyof typeof CONTAINERS, start: number, end: number): Block[] {
    const blocks = this.#until(`${type}_close`, end);
    if (blocks.length === 0) return [];
    if (type === "blockquote") return [{ kind: "quote", blocks }];
    if (type === "list_item") return [{ kind: "item", blocks }];
    if (GENERATED.test(this.#source(start, end + 1))) return [];
    const links = linksOf(this.#source(start, end));
    return [
      {
        kind: "list",
        ...(links && { links }),
        items: blocks.map((block): Item => (block.kind === "item" ? block : { kind: "item", blocks: [block] })),
      },
    ];
  }

  #leaf(type: string, token: Token, start: number, end: number): Block[] {
    this.#line = Math.max(this.#line, end);
    switch (type) {
      case "heading":
        return [this.#heading(token, start, end)];
      case "paragraph":
        return this.#paragraph(start, end);
      case "fence":
      case "code_block":
      case "math_block":
        return [this.#code(type, start, end)];
      case "table":
        return [this.#table(start, end)];
      case "html_block":
        return this.#html(token, start, end);
      case "mdx":
        return token.content.trim() === ""
          ? []
          : [
              this.#placed(
                { kind: "code", text: `\`\`\`\n${token.content.replace(/^\n+|\s+$/gu, "")}\n\`\`\``, opening: "```" },
                start,
                end,
              ),
            ];
      default:
        return [];
    }
  }

  #heading({ tag }: Token, start: number, end: number): Block {
    const source = this.#take()?.content ?? "";
    const title = this.means.titleOf(this.means.isMdx ? withoutJsx(source) : source);
    const text = withoutAnchors(this.#shownSource(start, end));
    return this.#placed({ kind: "heading", level: Number(tag.slice(1)), title, text }, start, end);
  }

  #paragraph(start: number, end: number): Block[] {
    const text = this.#shownSource(start, end);
    return text.trim() === "" || isTextless(text) ? [] : [this.#placed({ kind: "paragraph", text }, start, end)];
  }

  #code(type: string, start: number, end: number): Block {
    const text = this.#source(start, end);
    const newline = text.indexOf("\n");
    return this.#placed(
      { kind: "code", text, ...(type === "fence" && newline > 0 && { opening: text.slice(0, newline) }) },
      start,
      end,
    );
  }

  #table(start: number, end: number): Block {
    this.#skip("table_close");
    const rows = Array.from({ length: Math.max(0, end - start - 2) }, (_, index) =>
      this.#shownSource(start + 2 + index, start + 3 + index),
    );
    return this.#placed({ kind: "table", head: this.#shownSource(start, start + 2), rows }, start, end);
  }

  #html({ content }: Token, start: number, behind: number): Block[] {
    const table = openTable(this.tokens, this.#at - 1);
    if (table) this.#at += table.tokens.length - 1;
    const end = table?.end ?? behind;
    this.#line = Math.max(this.#line, end);
    const [first, ...others] = this.means.html?.(table ? this.means.rendered(table.tokens) : content) ?? [];
    return first ? [this.#placed(first, start, end), ...others] : [];
  }

  #skip(closing: string): void {
    for (let token = this.#take(); token && token.type !== closing; ) token = this.#take();
  }

  /** What begins right below the last line that is shown stands so in chunks, too. */
  #placed<B extends Block>(block: B, start: number, end: number): B {
    const tight = this.#shown > 0 && this.#shown === start;
    this.#shown = end;
    return tight ? { ...block, tight } : block;
  }

  #source(start: number, end: number): string {
    return this.text
      .slice(this.#starts[start] ?? this.text.length, (this.#starts[end] ?? this.text.length + 1) - 1)
      .trimEnd();
  }

  #shownSource(start: number, end: number): string {
    const text = visible(this.#source(start, end));
    if (!this.means.isMdx) return text;
    const shown = withoutJsx(text);
    return shown === text ? text : tidied(shown).replace(/^\n+|\s+$/gu, "");
  }
}

/** Where kramdown is told to put a table of contents. */
const GENERATED = /^\s*(?:[-*+]|1\.)\s.*\n\s*\{:\s*toc\b[^}]*\}\s*$/u;

const LINK = /^\s*(?:[-*+]|\d+[.)])\s+\[(.*)\]\(#[^()\s]*\)\s*$/u;

/** What the links of a list say, where it has nothing but links to parts of the document. */
function linksOf(source: string): readonly string[] | undefined {
  const links: string[] = [];
  for (const line of source.split("\n")) {
    const [, text] = LINK.exec(line) ?? [];
    if (text === undefined && line.trim() !== "") return undefined;
    if (text !== undefined) links.push(text);
  }
  return links;
}

const CONTAINERS = { blockquote: true, bullet_list: true, ordered_list: true, list_item: true };
