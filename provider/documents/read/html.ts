import { headingsIn, type Block, type DocumentTree } from "../tree.js";
import { blocksOf } from "./html/blocks.js";
import { textOf } from "./html/inline.js";
import { isLeftOut } from "./html/left-out.js";
import { attribute, elements, htmlParser, roleOf, type Element, type Node } from "./html/parse.js";

/**
 * Reads a page: what a reader sees of it but for its navigation. A page of which nothing would be left is read whole.
 *
 * @throws DocumentError where it is nested too deeply.
 */
export async function html(source: string): Promise<DocumentTree> {
  const { document } = await htmlParser();
  const nodes = document(source);
  const part = blocksOf(rootsOf(nodes), false);
  const blocks = part.length > 0 ? part : blocksOf(nodes, true);
  const [title, description] = [titleOf(nodes, blocks), descriptionOf(nodes)];
  return {
    ...(title !== "" && { title }),
    blocks: description === "" ? blocks : [{ kind: "paragraph", text: description }, ...blocks],
  };
}

/** Reads HTML that stands in another document. The function throws DocumentError where it is nested too deeply. */
export async function fragmentReader(): Promise<(source: string) => Block[]> {
  const { fragment } = await htmlParser();
  return (source) => blocksOf(fragment(source), false);
}

const isRead = (element: Element): boolean => !isLeftOut(element, false);

/** The page's main part, or its only article, where there is one. */
function rootsOf(nodes: readonly Node[]): readonly Node[] {
  const isMain = (element: Element): boolean => element.tagName === "main" || roleOf(element) === "main";
  const isArticle = ({ tagName }: Element): boolean => tagName === "article";
  const outermost = (wanted: (element: Element) => boolean): Element[] =>
    [...elements(nodes, (element) => isRead(element) && !wanted(element))].filter((element) => wanted(element) && isRead(element));
  const mains = outermost(isMain);
  if (mains.length > 0) return mains;
  const articles = outermost(isArticle);
  return articles.length === 1 ? articles : nodes;
}

/** A release in a title would embed all of a page again with each. */
const VERSION = /[\s(]*\b(?:v\.?\s?\d[\w.]*|\d+(?:\.\d+)+[\w.-]*)\)?/giu;

/**
 * The one heading of the first level, also that of the page's own header. Else what the page is called in its head, or the
 * heading above all others where that says the same and more.
 */
function titleOf(nodes: readonly Node[], blocks: readonly Block[]): string {
  const headings = [...headingsIn(blocks)];
  const own = headings.filter(({ level }) => level === 1).map(({ title }) => title);
  const [lone = "", ...others] = own.length > 0 ? own : headersOf(nodes);
  if (lone !== "" && others.length === 0) return lone;
  const title = headTitleOf(nodes);
  if (own.length > 0) return title.replace(VERSION, "").trim();
  const [first] = headings;
  const isTop = first !== undefined && headings.every(({ level }, index) => index === 0 || level > first.level);
  return isTop && title.includes(first.title) ? first.title : title;
}

function headTitleOf(nodes: readonly Node[]): string {
  for (const { tagName, childNodes } of elements(nodes, ({ tagName: name }) => name !== "svg")) {
    if (tagName === "title") return textOf(childNodes, { isWhole: true, isLine: true });
  }
  return "";
}

function headersOf(nodes: readonly Node[]): string[] {
  return [...elements(nodes, ({ tagName }) => tagName !== "nav")]
    .filter(({ tagName }) => tagName === "h1")
    .map((heading) => textOf(heading.childNodes, { isWhole: false, isLine: true, owner: heading }))
    .filter((title) => title !== "");
}

function descriptionOf(nodes: readonly Node[]): string {
  for (const element of elements(nodes)) {
    if (element.tagName === "body") return "";
    if (element.tagName !== "meta" || attribute(element, "name")?.toLowerCase() !== "description") continue;
    return (attribute(element, "content") ?? "").replace(/\s+/gu, " ").trim().normalize("NFC");
  }
  return "";
}
