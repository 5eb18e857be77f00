import { attribute, firstOf, isElement, type Element, type Node } from "./parse.js";

/** Classes by which generators of documentation mark notes, and what a note is called. */
const NOTE =
  /(?:^|\s)(?:admonition|admonitionblock|theme-admonition|markdown-alert|custom-block|confluence-information-macro|(?:\w+-)?(?:aside|callout)|note|tip|warning|caution|important)(?=\s|$)/iu;
const TITLE = /(?:^|\s)(?:admonition-?heading\S*|(?:\S+[-_])?title)(?=\s|$)/iu;

/** A note that says first what it is called, as `Warning`, or what is folded under its summary. */
export interface Note {
  readonly title: Element;
  readonly content: readonly Node[];
}

/** Takes an element apart that is such a note. */
export function noteOf(element: Element): Note | undefined {
  if (element.tagName === "details") return folded(element);
  if (element.attrs.length === 0) return undefined;
  if (!NOTE.test(attribute(element, "class") ?? "")) return undefined;
  const first = element.childNodes.find(isElement);
  if (first && TITLE.test(attribute(first, "class") ?? ""))
    return { title: first, content: element.childNodes.filter((node) => node !== first) };
  return first?.tagName === "table" ? drawnNote(first) : undefined;
}

function folded({ childNodes }: Element): Note | undefined {
  const title = childNodes.filter(isElement).find(({ tagName }) => tagName === "summary");
  const isNamed = title && !firstOf(title.childNodes, ({ tagName }) => /^h[1-6]$/u.test(tagName));
  return isNamed === true ? { title, content: childNodes.filter((node) => node !== title) } : undefined;
}

/** DocBook draws a note as a table: a picture and the one head in the first row, what it says below. */
function drawnNote(table: Element): Note | undefined {
  const title = firstOf(table.childNodes, ({ tagName }) => tagName === "th");
  const cell =
    title && firstOf(table.childNodes, (inner) => inner.tagName === "td" && inner.parentNode !== title.parentNode);
  const isOther = (inner: Element): boolean => inner.tagName === "th" && inner !== title;
  return title && cell && !firstOf(table.childNodes, isOther, (inner) => inner !== cell)
    ? { title, content: cell.childNodes }
    : undefined;
}
