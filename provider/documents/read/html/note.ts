import { attribute, isElement, type Element } from "./parse.js";

/** Classes by which generators of documentation mark notes, and what a note is called. */
const NOTE = /(?:^|\s)(?:admonition|admonitionblock|theme-admonition|markdown-alert|note|tip|warning|caution|important)(?=\s|$)/iu;
const TITLE = /(?:^|\s)(?:admonition-title|admonition-?heading\S*|markdown-alert-title|title)(?=\s|$)/iu;

/** What a note is called, where an element is one that says so first: `Warning`. */
export function noteTitleOf(element: Element): Element | undefined {
  if (!NOTE.test(attribute(element, "class") ?? "")) return undefined;
  const first = element.childNodes.find(isElement);
  return first && TITLE.test(attribute(first, "class") ?? "") ? first : undefined;
}
