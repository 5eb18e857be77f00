import { lettersOf } from "../letters.js";
import { attribute, firstOf, isElement, roleOf, type Element, type Node } from "./parse.js";

/** What shows no text of the page's own. */
const SILENT = new Set([
  ...["script", "style", "template", "noscript", "head", "title", "meta", "link", "base"],
  ...["svg", "canvas", "audio", "video", "object", "embed", "iframe", "frame", "frameset", "noframes", "map"],
  ...["button", "select", "datalist", "textarea", "input", "progress", "meter"],
  ...["rt", "rp", "rtc", "annotation", "annotation-xml"],
]);

const NAVIGATION = new Set([
  "navigation",
  "banner",
  "contentinfo",
  "complementary",
  "search",
  "menu",
  "menubar",
  "tablist",
  "toolbar",
  "doc-toc",
  "directory",
]);

/** Classes by which widespread generators of documentation mark what is navigation. */
const CLASSES =
  /(?:^|\s)(?:(?:top|bottom|sub|side|site|main|page|fixed)-?nav(?:bar|igation)?|nav(?:[-_]?(?:bar|header|footer|links?|list|table|buttons?|menu)|igation)?|docnav|nav-?panel|skip-?(?:nav|link|to-content)\w*|breadcrumbs?|side-?bar|sphinxsidebar|related-?pages|toc|toc[-_](?:header|title|heading)|table-of-contents|list-of-(?:tables|figures|examples|equations|procedures)|prev-next(?:-\w+)?|(?:prev|previous|next|toc)[-_]page|index-(?:cp|fn|ky|pg|tp|vr)|genindex-jumpbox|(?:top|bottom)lang|pagination|edit-?(?:this-?)?page|viewcode-(?:link|back)|copy-?(?:btn|button)|sr-only|visually-?hidden|screen-reader-text|theme-doc-version-(?:banner|badge)|search-results|(?:\w+-)?feedback|sharedaddy|comment-respond)(?=\s|$)/iu;

/** Classes of the numbers beside lines of code; highlighters give them to code that has such numbers, too. */
const GUTTERS = /(?:^|\s)(?:linenos?|line-?numbers?|hljs-ln-n(?:umbers|um)?|source-line-no|gutter)(?=\s|$)/iu;

/**
 * Ids, and classes of what is links for the most part, by which pages that are made of `div` mark it; a section may be
 * called so, too.
 */
const IDS =
  /^(?:(?:site|page|main|top|bottom|global|primary|secondary)[-_]?)?(?:nav|navbar|navigation|menu|sidebar|header|footer|breadcrumbs?|masthead|banner)$/iu;
const PLACED = new Set(["div", "ul", "table", "td"]);
const HEADINGS = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);

/** Where a link leads that is a way through a site's pages. */
const WAYS_ON = /(?:^|\s)(?:prev|previous|next|up|start|contents|index)(?=\s|$)/iu;

/** What is never navigation by its class: that says how the page is laid out. */
const WHOLES = new Set(["html", "body", "main", "article"]);

const PERMALINK =
  /(?:^|\s)(?:header-?link|header-?anchor|heading-?link|heading-?anchor|hash-?link|anchor(?:js)?-?link|permalink|perma-link|anchor|headerlink|section-link|self-?link)(?=\s|$)/iu;

/**
 * Whether an element is nothing that a reader of the page reads as its text.
 *
 * @param isWhole whether navigation counts as text.
 */
export function isLeftOut(element: Element, isWhole: boolean): boolean {
  return isWhole
    ? isSilent(element)
    : (element.isLeftOut ??= isSilent(element) || isHidden(element) || isNavigation(element));
}

function isSilent(element: Element): boolean {
  return SILENT.has(element.tagName) || (element.tagName === "dialog" && attribute(element, "open") === undefined);
}

function isHidden(element: Element): boolean {
  if (element.attrs.length === 0) return false;
  if (attribute(element, "hidden") !== undefined) return !isAlternative(element);
  if (attribute(element, "aria-hidden") === "true") return true;
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/iu.test(attribute(element, "style") ?? "");
}

/** One of several words in a sentence of which a script shows the one for a reader's system. */
function isAlternative({ tagName, parentNode }: Element): boolean {
  if (tagName !== "span" || !parentNode || !("tagName" in parentNode) || parentNode.tagName !== "span") return false;
  const words = parentNode.childNodes.filter((node) => !("value" in node) || node.value.trim() !== "");
  return words.length > 1 && words.every((word) => isElement(word) && attribute(word, "hidden") !== undefined);
}

function isNavigation(element: Element): boolean {
  const { tagName, attrs } = element;
  if (tagName === "nav") return true;
  if (WHOLES.has(tagName)) return NAVIGATION.has(roleOf(element));
  if (attrs.length > 0) {
    if (tagName === "a" && WAYS_ON.test(attribute(element, "rel") ?? "")) return true;
    const classes = attribute(element, "class") ?? "";
    if (NAVIGATION.has(roleOf(element)) || CLASSES.test(classes)) return true;
    if (GUTTERS.test(classes) && !/\p{L}/u.test(textIn(element))) return true;
    if (PLACED.has(tagName) && isMarkedById(element)) return true;
  }
  // What an article ends in says who wrote it, where it can be edited, and when that was done.
  if (tagName === "footer") return isOfPage(element) || (isOfPage(element, PARTS) && !isProse(element));
  if (tagName === "span") return isLanguage(element);
  // It has the title of a page that Pandoc has made, and its authors.
  if (tagName === "header" && attribute(element, "id") === "title-block-header") return false;
  return (
    (tagName === "header" || tagName === "aside") && isOfPage(element) && !(tagName === "header" && isProse(element))
  );
}

/** The name of code's language, as VitePress shows it in a corner. */
function isLanguage(element: Element): boolean {
  const { parentNode } = element;
  return (
    attribute(element, "class") === "lang" &&
    parentNode !== null &&
    "tagName" in parentNode &&
    (attribute(parentNode, "class") ?? "").startsWith("language-")
  );
}

function isMarkedById(element: Element): boolean {
  const id = attribute(element, "id") ?? "";
  const classes = (attribute(element, "class") ?? "").split(/\s+/u);
  const isNamed = IDS.test(id) || (classes.some((name) => IDS.test(name)) && isLinks(element));
  if (!isNamed || !isOfPage(element) || isProse(element)) return false;
  const heading = firstOf(element.childNodes, ({ tagName }) => HEADINGS.has(tagName));
  return heading === undefined || lettersOf(textIn(heading)) !== lettersOf(id);
}

/** Whether most of a text leads elsewhere. */
function isLinks(element: Element): boolean {
  return lettersOf(textIn(element, ({ tagName }) => tagName !== "a")).length < lettersOf(textIn(element)).length / 2;
}

/** A header with so many characters that lead nowhere is a preface, or a summary. */
const PREFACE = 500;

function isProse(element: Element): boolean {
  return (
    textIn(element, (inner) => inner.tagName !== "a" && inner.tagName !== "nav" && !SILENT.has(inner.tagName)).replace(
      /\s+/gu,
      " ",
    ).length > PREFACE
  );
}

/** Parts of a page, and of what it is about. */
const PARTS = new Set(["section", "aside", "blockquote", "figure", "details", "td"]);
const SECTIONS = new Set(["article", "main", ...PARTS]);

/** Whether a header, footer or aside belongs to the page rather than to a part of it. */
function isOfPage(element: Element, sections = SECTIONS): boolean {
  for (let parent = element.parentNode; parent && "tagName" in parent; parent = parent.parentNode) {
    if (sections.has(parent.tagName) || (sections === SECTIONS && roleOf(parent) === "main")) return false;
  }
  return true;
}

/**
 * Whether a link is but the sign by which a heading or a term can be linked to.
 *
 * @param owner what it links to where it stands in that.
 */
export function isPermalink(link: Element, owner: Element | undefined): boolean {
  if (link.tagName !== "a") return false;
  const isMarked = PERMALINK.test(attribute(link, "class") ?? "");
  if (!isMarked && owner === undefined) return isReturn(link);
  const text = textIn(link)
    .replace(/\u200b/gu, "")
    .trim();
  const href = attribute(link, "href");
  if (!/[\p{L}\p{N}]/u.test(text)) return isMarked || (owner !== undefined && href?.startsWith("#") === true);
  if (owner === undefined || textIn(owner).replace(text, "").trim() === "") return false;
  return isMarked || (href !== undefined && href === `#${attribute(owner, "id") ?? ""}`);
}

const RETURN = /^\s*(?:[↩↵⏎⬆↑]|(?:back|return) to (?:the )?top\s*$)/iu;

/** Doxygen's, behind what is said at length below. */
const MORE = /^\s*more\.{3}\s*$/iu;

/** From a footnote back to where it is called, to where the page begins, or to where more is said on it. */
function isReturn(link: Element): boolean {
  const [only, ...others] = link.childNodes;
  if (only === undefined || others.length > 0 || !("value" in only)) return false;
  const href = attribute(link, "href") ?? "";
  return (href.startsWith("#") && RETURN.test(only.value)) || (href.includes("#") && MORE.test(only.value));
}

const WAY = /previous|prev|next|\bup\b|[>»›]/iu;
const WAYS = /previous|prev|next|up|home|contents|index|[^\p{L}\p{N}]/giu;

/** Whether a line is but links to the pages around or above: `Manual > Modules`, `Previous: Use | Next: Ends`. */
export function isWay(nodes: readonly Node[]): boolean {
  let links = 0;
  let beside = "";
  for (const node of nodes) {
    if ("value" in node) beside += node.value;
    else if (!isElement(node)) continue;
    else if (node.tagName === "a" && attribute(node, "href") !== undefined) links++;
    else if (firstOf(node.childNodes, ({ tagName }) => tagName === "a")) return false;
    else beside += textIn(node);
    if (beside.length > LONGEST_WAY) return false;
  }
  return links > 0 && WAY.test(beside) && beside.replace(WAYS, "") === "";
}

const LONGEST_WAY = 80;

function textIn(element: Element, into: (inner: Element) => boolean = () => true): string {
  return element.childNodes
    .map((node) => (isElement(node) ? (into(node) ? textIn(node, into) : "") : "value" in node ? node.value : ""))
    .join("");
}
