import { headingsIn, type Block, type DocumentTree } from "../tree.js";
import { described } from "./described.js";
import { blocksOf } from "./html/blocks.js";
import { textOf } from "./html/inline.js";
import { isLeftOut } from "./html/left-out.js";
import { frontMatter } from "./markdown/front-matter.js";
import { attribute, firstOf, htmlParser, isElement, outermost, roleOf, type Element, type Node } from "./html/parse.js";

/**
 * Reads a page: what a reader sees of it but for its navigation. A page of which nothing would be left is read whole.
 *
 * Generators of sites take front matter in HTML, too.
 *
 * @throws DocumentError where it is nested too deeply, or its front matter is broken.
 */
export async function html(source: string): Promise<DocumentTree> {
  const { document } = await htmlParser();
  const front = await frontMatter(source);
  const nodes = document(source.slice(front.end));
  leaveOutBanner(nodes);
  const part = blocksOf(rootsOf(nodes), false);
  const blocks = part.length > 0 ? part : blocksOf(nodes, true);
  const title = front.title ?? titleOf(nodes, blocks);
  const description = front.description ?? descriptionOf(nodes);
  return {
    ...(title !== "" && { title }),
    blocks: described(blocks, description),
  };
}

/** Reads HTML that stands in another document. The function throws DocumentError where it is nested too deeply. */
export async function fragmentReader(): Promise<(source: string) => Block[]> {
  const { fragment } = await htmlParser();
  return (source) => blocksOf(fragment(source), false);
}

/** The site's name above a page that has a heading of its own: it leads to where the site begins. */
function leaveOutBanner(nodes: readonly Node[]): void {
  const [first, ...others] = outermost(
    nodes,
    ({ tagName }) => tagName === "h1",
    ({ tagName }) => tagName !== "nav",
  );
  if (first && isLinkAlone(first) && others.some((heading) => !isLinkAlone(heading))) first.isLeftOut = true;
}

function isLinkAlone(heading: Element): boolean {
  const [link, ...others] = heading.childNodes.filter((node) => !("value" in node) || node.value.trim() !== "");
  if (!link || others.length > 0 || !isElement(link) || link.tagName !== "a") return false;
  const href = attribute(link, "href") ?? "";
  return href !== "" && !href.startsWith("#");
}

const isRead = (element: Element): boolean => !isLeftOut(element, false);

/** The page's main part, or its only article, where there is one. */
function rootsOf(nodes: readonly Node[]): readonly Node[] {
  const mains = outermost(
    nodes,
    (element) => (element.tagName === "main" || roleOf(element) === "main") && isRead(element),
    isRead,
  );
  if (mains.length > 0) return mains;
  const articles = outermost(nodes, (element) => element.tagName === "article" && isRead(element), isRead);
  return articles.length === 1 ? articles : nodes;
}

/** A release in a title would embed all of a page again with each. */
const VERSION = /[\s(]*\b(?:v\.?\s?\d[\w.]*|\d+(?:\.\d+)+[\w.-]*)\)?/giu;

/**
 * The one heading of the first level, also that of the page's own header. Else what the page is called in its head, or
 * the heading above all others where that says the same and more.
 */
function titleOf(nodes: readonly Node[], blocks: readonly Block[]): string {
  const headings = headingsIn(blocks);
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
  const title = firstOf(
    nodes,
    ({ tagName }) => tagName === "title",
    ({ tagName }) => tagName !== "svg",
  );
  return title ? textOf(title.childNodes, { isWhole: true, isLine: true }) : "";
}

function headersOf(nodes: readonly Node[]): string[] {
  return outermost(
    nodes,
    ({ tagName }) => tagName === "h1",
    ({ tagName }) => tagName !== "nav",
  )
    .map((heading) => textOf(heading.childNodes, { isWhole: false, isLine: true, owner: heading }))
    .filter((title) => title !== "");
}

function descriptionOf(nodes: readonly Node[]): string {
  const isDescription = (element: Element): boolean =>
    element.tagName === "meta" && attribute(element, "name")?.toLowerCase() === "description";
  const found = firstOf(nodes, (element) => element.tagName === "body" || isDescription(element));
  return found?.tagName === "meta"
    ? (attribute(found, "content") ?? "").replace(/\s+/gu, " ").trim().normalize("NFC")
    : "";
}
