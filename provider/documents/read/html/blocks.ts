import type { Block, Definition, Item } from "../../tree.js";
import { isBlock, textOf, type Reading } from "./inline.js";
import { fenceOf } from "../fence.js";
import { isLeftOut, isWay } from "./left-out.js";
import { noteOf } from "./note.js";
import { attribute, firstOf, isElement, roleOf, type Element, type Node } from "./parse.js";
import { captionedBy, gridsOf, type Grid } from "./table.js";
import { isStrip, NO_TABS, tabsOf } from "./tabs.js";

/** The blocks that nodes are on a page. @param isWhole whether what is navigation counts, too. */
export function blocksOf(nodes: readonly Node[], isWhole: boolean): Block[] {
  return new Builder(isWhole, "", "").blocks(nodes);
}

const WHOLE: Reading = { isWhole: true };
const PART: Reading = { isWhole: false };

/** What is nested deeper is not indented further. */
const WIDEST = 24;

class Builder {
  readonly #found: Block[] = [];

  /** @param first what stands before the first line, @param rest before each other one. */
  constructor(
    private readonly isWhole: boolean,
    private first: string,
    private readonly rest: string,
  ) {}

  blocks(nodes: readonly Node[]): Block[] {
    let run: Node[] = [];
    const flush = (): void => {
      if (run.length > 0) this.#paragraph(run);
      run = [];
    };
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at];
      if (!node) continue;
      const { tabs, end } = isElement(node) && isStrip(node) ? tabsOf(nodes, at) : NO_TABS;
      if (tabs.length > 0) {
        flush();
        for (const { label, content } of tabs) this.#named(label, content);
        at = end - 1;
        continue;
      }
      if (isElement(node) && isLeftOut(node, this.isWhole)) continue;
      if (run.length === 0 && isBlank(node)) continue;
      if (!isBlock(node)) {
        run.push(node);
        continue;
      }
      flush();
      this.#block(node);
    }
    flush();
    return this.#found;
  }

  #block(element: Element): void {
    const { tagName } = element;
    const level = levelOf(element);
    if (level !== undefined) this.#heading(element, level);
    else if (tagName === "pre" || tagName === "listing" || tagName === "xmp" || tagName === "plaintext")
      this.#code(element);
    else if (tagName === "ul" || tagName === "ol" || tagName === "menu" || tagName === "dir") this.#list(element);
    else if (tagName === "dl") this.#definitions(element);
    else if (tagName === "table") this.#table(element);
    else if (tagName === "blockquote")
      this.#push({ kind: "quote", blocks: this.#nested("> ", "> ").blocks(element.childNodes) });
    else this.#note(element);
  }

  #note(element: Element): void {
    if (element.tagName === "figure") captionedBy(element);
    const note = noteOf(element);
    if (!note || !this.#named(note.title, note.content)) this.blocks(element.childNodes);
  }

  /** What a note or a tab is called goes with what it says. @returns whether it says anything. */
  #named(title: Element, content: readonly Node[]): boolean {
    const blocks = new Builder(this.isWhole, this.rest, this.rest).blocks(content);
    if (blocks.length === 0) return false;
    const definition: Definition = { kind: "definition", term: this.#termOf([title]), blocks };
    if (definition.term === "") this.#found.push(...blocks);
    else this.#push(definition);
    return true;
  }

  #reading(more: Partial<Reading>): Reading {
    return { isWhole: this.isWhole, ...more };
  }

  #push(block: Block): void {
    if (!("blocks" in block) || block.blocks.length > 0) this.#found.push(block);
  }

  /** The text with what stands before its lines. */
  #lines(text: string): string {
    const written = this.first + (this.rest === "" ? text : text.replaceAll("\n", `\n${this.rest}`));
    this.first = this.rest;
    return written;
  }

  #nested(first: string, rest: string): Builder {
    const isWide = this.rest.length + rest.length > WIDEST;
    const nested = new Builder(this.isWhole, this.first + first, isWide ? this.rest : this.rest + rest);
    this.first = this.rest;
    return nested;
  }

  #paragraph(nodes: readonly Node[]): void {
    const text = textOf(nodes, this.isWhole ? WHOLE : PART);
    if (text !== "" && !PARTING.test(text) && (this.isWhole || nodes.length < 2 || !isWay(nodes)))
      this.#push({ kind: "paragraph", text: this.#lines(text) });
  }

  #heading(element: Element, level: number): void {
    const title =
      textOf(element.childNodes, this.#reading({ owner: element, isLine: true })) || this.#pictured(element);
    if (title !== "") this.#push({ kind: "heading", level, title, text: `${"#".repeat(Math.min(level, 6))} ${title}` });
    this.first = this.rest;
  }

  /** What is a picture alone is called what that shows. */
  #pictured(element: Element): string {
    const picture = firstOf(
      element.childNodes,
      (inner) => inner.tagName === "img" && attribute(inner, "alt") !== undefined,
      (inner) => !isLeftOut(inner, this.isWhole),
    );
    return (picture && attribute(picture, "alt"))?.replace(/\s+/gu, " ").trim() ?? "";
  }

  #code(element: Element): void {
    const code = textOf(element.childNodes, this.#reading({ isPre: true }))
      .trimEnd()
      .replace(/^(?:[^\S\n]*\n)+/u, "");
    if (code === "") return;
    const fence = fenceOf(code);
    const opening = `${fence}${languageOf(element)}`;
    const lead = this.first;
    this.#push({ kind: "code", text: this.#lines(`${opening}\n${code}\n${fence}`), opening: lead + opening });
  }

  #list(element: Element): void {
    const isOrdered = element.tagName === "ol";
    const items: Item[] = [];
    let number = Number.parseInt(attribute(element, "start") ?? "1", 10) || 1;
    let isTight = true;
    const children = element.childNodes.filter((node) => !isElement(node) || !isLeftOut(node, this.isWhole));
    for (const node of children) {
      const said = isElement(node) && node.attrs.length > 0 ? Number.parseInt(attribute(node, "value") ?? "", 10) : NaN;
      if (Number.isSafeInteger(said)) number = said;
      const sign = isElement(node) && hasHeading(node) ? "" : isOrdered ? `${number}. ` : "- ";
      const blocks = this.#nested(sign, " ".repeat(sign.length)).blocks(
        isElement(node) && node.tagName === "li" ? node.childNodes : [node],
      );
      if (blocks.length === 0) continue;
      number++;
      isTight &&= blocks.every((block, index) => (index === 0 ? block.kind === "paragraph" : block.kind === "list"));
      items.push({
        kind: "item",
        blocks: blocks.map((block, index) => (index > 0 && block.kind === "list" ? { ...block, tight: true } : block)),
      });
    }
    const links = items.length > 0 ? linksOf(element) : undefined;
    if (items.length > 0)
      this.#push({
        kind: "list",
        ...(links && { links }),
        items: items.map((item, index) => (isTight && index > 0 ? { ...item, tight: true } : item)),
      });
  }

  /** Terms go with all that is said of them; those in a `div` of their own, too. */
  #definitions(element: Element): void {
    let terms: Element[] = [];
    let blocks: Block[] = [];
    const flush = (): void => {
      const definition: Definition = { kind: "definition", term: this.#termOf(terms), blocks };
      if (definition.term !== "" && blocks.length === 0) this.#push({ kind: "paragraph", text: definition.term });
      else if (definition.term === "") this.#found.push(...blocks);
      else this.#push(definition);
      [terms, blocks] = [[], []];
    };
    const visit = (nodes: readonly Node[]): void => {
      for (const node of nodes) {
        if (!isElement(node) || isLeftOut(node, this.isWhole)) continue;
        if (node.tagName === "dt") {
          if (blocks.length > 0) flush();
          if (hasHeading(node)) this.blocks(node.childNodes);
          else terms.push(node);
        } else if (node.tagName === "div") visit(node.childNodes);
        else
          blocks.push(
            ...new Builder(this.isWhole, this.rest, this.rest).blocks(node.tagName === "dd" ? node.childNodes : [node]),
          );
      }
    };
    visit(element.childNodes);
    flush();
  }

  #termOf(terms: readonly Element[]): string {
    const lines = terms
      .map((term) => textOf(term.childNodes, this.#reading({ owner: term, isLine: true })))
      .filter((line) => line !== "");
    return lines.length === 0 ? "" : this.#lines(lines.join("\n"));
  }

  #table(element: Element): void {
    for (const grid of gridsOf(element, this.isWhole)) this.#grid(grid);
  }

  #grid(grid: Grid): void {
    if ("cells" in grid) {
      for (const cell of grid.cells) this.blocks(cell.childNodes);
      return;
    }
    const { caption, head, rows } = grid;
    if (rows.length === 0 && head === undefined) return;
    this.#push({
      kind: "table",
      ...(caption !== undefined && { caption: this.#lines(caption) }),
      ...(head !== undefined && { head: this.#lines(head) }),
      rows: rows.map((row) => this.#lines(row)),
    });
  }
}

/** What parted links that are left out. */
const PARTING = /^[()[\]|·•»«›‹\s]+$/u;

const LEVELS: ReadonlyMap<string, number> = new Map([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, level]));

function levelOf(element: Element): number | undefined {
  const level = LEVELS.get(element.tagName);
  if (element.attrs.length === 0 || (level === undefined && roleOf(element) !== "heading")) return level;
  const said = Number.parseInt(attribute(element, "aria-level") ?? "", 10);
  return said > 0 ? said : (level ?? 2);
}

function hasHeading(element: Element): boolean {
  return (
    element.childNodes.some(isBlock) &&
    firstOf(element.childNodes, (inner) => levelOf(inner) !== undefined) !== undefined
  );
}

/** What the links of a list say, where it has nothing but links to parts of its page. */
function linksOf(list: Element): readonly string[] | undefined {
  const links: string[] = [];
  const isLinks = (nodes: readonly Node[]): boolean =>
    nodes.every((node) => {
      if (!isElement(node)) return !("value" in node) || !/\p{L}/u.test(node.value);
      if (node.tagName !== "a") return isLinks(node.childNodes);
      links.push(textOf(node.childNodes, { isWhole: false, isLine: true }));
      return attribute(node, "href")?.startsWith("#") === true;
    });
  return isLinks(list.childNodes) ? links : undefined;
}

const SPACE = 0x20;

/** Whether a node is white space between blocks. */
function isBlank(node: Node): boolean {
  return "value" in node && node.value.charCodeAt(0) <= SPACE && !/\S/u.test(node.value);
}

/** As highlighters are told it by a class: `language-ts`. */
function languageOf(element: Element): string {
  const code = element.childNodes.find((node): node is Element => isElement(node) && node.tagName === "code");
  const classes = [element, code].map((one) => (one ? (attribute(one, "class") ?? "") : "")).join(" ");
  return /(?:^|\s)lang(?:uage)?-([\w+#.-]{1,30})(?=\s|$)/u.exec(classes)?.[1] ?? "";
}
