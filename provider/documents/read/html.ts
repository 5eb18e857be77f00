import { headingsIn, type Block, type DocumentTree } from "../tree.js";
import { described } from "./described.js";
import { blocksOf } from "./html/blocks.js";
import { textOf } from "./html/inline.js";
import { isLeftOut } from "./html/left-out.js";
import { frontMatter } from "./markdown/front-matter.js";
import {
  ancestorsOf,
  attribute,
  htmlParser,
  isElement,
  roleOf,
  type Element,
  type Node,
  type ParsedPage,
} from "./html/parse.js";

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
  const page = document(source.slice(front.end));
  if (isRedirection(page)) return { blocks: [] };
  leaveOutBanner(page);
  const part = blocksOf(rootsOf(page), false);
  const blocks = part.length > 0 ? part : blocksOf(page.nodes, true);
  const headTitle = headTitleOf(page);
  const title = front.title ?? titleOf(page, blocks, headTitle);
  const description = front.description ?? descriptionOf(page);
  return {
    ...(title !== "" && { title }),
    blocks: described(blocks, description, [title, headTitle]),
  };
}

/** Whether a page but leads to another one, which generators put in the place of one that has moved. */
function isRedirection({ landmarks }: ParsedPage): boolean {
  return landmarks.some(
    (element) =>
      element.tagName === "meta" &&
      attribute(element, "http-equiv")?.toLowerCase() === "refresh" &&
      /^\s*\d{1,2}\s*[;,]\s*url\s*=/iu.test(attribute(element, "content") ?? ""),
  );
}

/** Reads HTML that stands in another document. The function throws DocumentError where it is nested too deeply. */
export async function fragmentReader(): Promise<(source: string) => Block[]> {
  const { fragment } = await htmlParser();
  return (source) => blocksOf(fragment(source), false);
}

/** The elements of a name that are in none of some others. */
function outside({ landmarks }: ParsedPage, name: string, others: ReadonlySet<string>): Element[] {
  return landmarks.filter(
    (element) => element.tagName === name && !ancestorsOf(element).some(({ tagName }) => others.has(tagName)),
  );
}

const HEADED = new Set(["nav", "h1", "template"]);

/** The site's name above a page that has a heading of its own: it leads to where the site begins. */
function leaveOutBanner(page: ParsedPage): void {
  const [first, ...others] = outside(page, "h1", HEADED);
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
function rootsOf({ nodes, landmarks }: ParsedPage): readonly Node[] {
  const isMain = (element: Element): boolean => element.tagName === "main" || roleOf(element) === "main";
  const roots = (wanted: (element: Element) => boolean): Element[] =>
    landmarks.filter(
      (element) =>
        wanted(element) && isRead(element) && ancestorsOf(element).every((outer) => isRead(outer) && !wanted(outer)),
    );
  const mains = roots(isMain);
  if (mains.length > 0) return mains;
  const articles = roots(({ tagName }) => tagName === "article");
  return articles.length === 1 ? articles : nodes;
}

/** A release in a title would embed all of a page again with each. */
const VERSION = /[\s(]*\b(?:v\.?\s?\d[\w.]*|\d+(?:\.\d+)+[\w.-]*)\)?/giu;

/**
 * The one heading of the first level, also that of the page's own header. Else what the page is called in its head, or
 * the heading above all others where that says the same and more.
 */
function titleOf(page: ParsedPage, blocks: readonly Block[], headTitle: string): string {
  const headings = headingsIn(blocks);
  const own = headings.filter(({ level }) => level === 1).map(({ title }) => title);
  const [lone = "", ...others] = own.length > 0 ? own : headersOf(page);
  if (lone !== "" && others.length === 0) return lone;
  if (own.length > 0) return headTitle.replace(VERSION, "").trim();
  const [first] = headings;
  const isTop = first !== undefined && headings.every(({ level }, index) => index === 0 || level > first.level);
  return isTop && headTitle.includes(first.title) ? first.title : headTitle;
}

function headTitleOf(page: ParsedPage): string {
  const [title] = outside(page, "title", new Set(["svg"]));
  return title ? textOf(title.childNodes, { isWhole: true, isLine: true }) : "";
}

function headersOf(page: ParsedPage): string[] {
  return outside(page, "h1", HEADED)
    .map((heading) => textOf(heading.childNodes, { isWhole: false, isLine: true, owner: heading }))
    .filter((title) => title !== "");
}

function descriptionOf(page: ParsedPage): string {
  const found = outside(page, "meta", new Set(["body"])).find(
    (element) => attribute(element, "name")?.toLowerCase() === "description",
  );
  return (found && attribute(found, "content"))?.replace(/\s+/gu, " ").trim().normalize("NFC") ?? "";
}
