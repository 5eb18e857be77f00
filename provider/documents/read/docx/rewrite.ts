import type { Role } from "./styles.js";

/** An element of a Word document as mammoth has it before it becomes HTML. */
export interface WordElement {
  readonly type: string;
  readonly children?: readonly WordElement[];
  readonly value?: string;
  readonly styleId?: string | null;
  readonly styleName?: string | null;
  readonly isHeader?: boolean;
}

/** The names that styles are given, and what becomes of them. */
export const STYLE_MAP: readonly string[] = [
  "p[style-name='caption of a table'] => p.caption-of-table:fresh",
  ...["HTML Preformatted", "Preformatted Text", "Source Code", "Code", "Plain Text", "macro"].map(
    (name) => `p[style-name='${name}'] => pre:separator('\\n')`,
  ),
  ...["Quote", "Intense Quote", "Quotations", "Block Text"].map(
    (name) => `p[style-name='${name}'] => blockquote > p:fresh`,
  ),
  "p[style-name='Definition Term'] => dl > dt:fresh",
  "p[style-name='Definition'] => dl > dd > p:fresh",
];

const CAPTION = /^(?:(?:table )?caption|table|illustration)$/iu;
const OF_FIGURE = /^\s*(?:fig|abb|bild|imag|рис)/iu;
const OF_CONTENTS = /^(?:toc \d+|toc heading|table of figures|contents \d+|contents heading)$/iu;

/** Characters of a head, all its cells together. */
const LONGEST_HEAD = 300;

/**
 * Says in styles that mammoth knows what is a heading, takes the title out, and the table of contents; makes a table's
 * first row its head where each cell of it says something, and puts a caption above its table.
 */
export function rewriter(roles: ReadonlyMap<string, Role>): {
  readonly rewrite: (element: WordElement) => WordElement;
  readonly title: () => string;
} {
  const title: string[] = [];
  let hasBody = false;
  const rewriteParagraph = (paragraph: WordElement): WordElement[] => {
    const role = roles.get(paragraph.styleId ?? "");
    const text = textOf(paragraph);
    if (OF_CONTENTS.test(paragraph.styleName ?? "")) return [];
    if (role === "title" && !hasBody) {
      if (text.trim() !== "") title.push(text.trim());
      return [];
    }
    hasBody ||= text.trim() !== "";
    if (!role) return [paragraph];
    const level = role === "title" ? 1 : role.heading;
    return [{ ...paragraph, styleId: `Heading${level}`, styleName: `heading ${level}` }];
  };
  const rewriteAll = (elements: readonly WordElement[]): WordElement[] =>
    elements.flatMap((element) => (element.type === "paragraph" ? rewriteParagraph(element) : [rewrite(element)]));
  const rewrite = (element: WordElement): WordElement => {
    if (!element.children) return element;
    const children = captioned(rewriteAll(element.children));
    return element.type === "table" ? headed({ ...element, children }) : { ...element, children };
  };
  return { rewrite, title: () => title.join(" ").replace(/\s+/gu, " ") };
}

function textOf({ type, value, children = [] }: WordElement): string {
  if (type === "text") return value ?? "";
  return type === "tab" || type === "break" ? " " : children.map(textOf).join("");
}

function captioned(elements: readonly WordElement[]): WordElement[] {
  const found: WordElement[] = [];
  for (const [index, element] of elements.entries()) {
    const before = found.at(-1);
    if (!isCaption(element)) found.push(element);
    else if (elements[index + 1]?.type === "table") found.push(captionOf(element));
    else if (before?.type === "table" && !isTableCaption(found.at(-2))) found.splice(-1, 0, captionOf(element));
    else found.push(element);
  }
  return found;
}

const isCaption = (element: WordElement): boolean =>
  element.type === "paragraph" && CAPTION.test(element.styleName ?? "") && !OF_FIGURE.test(textOf(element));

const isTableCaption = (element: WordElement | undefined): boolean => element?.styleName === "caption of a table";

const captionOf = (element: WordElement): WordElement => ({
  ...element,
  styleId: null,
  styleName: "caption of a table",
});

/** Word seldom says which row is the head; one that names each column is. */
function headed(table: WordElement): WordElement {
  const [first, ...rows] = table.children ?? [];
  if (!first?.children || rows.length === 0 || first.isHeader === true) return table;
  const texts = first.children.map((cell) => textOf(cell).trim());
  const isHead = texts.length > 1 && texts.every((text) => text !== "") && texts.join("").length <= LONGEST_HEAD;
  return isHead ? { ...table, children: [{ ...first, isHeader: true }, ...rows] } : table;
}
