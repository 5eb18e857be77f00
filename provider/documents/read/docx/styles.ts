import { outlineStyle } from "./visible.js";

/** What a paragraph's style makes of it: a heading of a level, or the document's title. */
export type Role = { readonly heading: number } | "title";

const STYLE = /<w:style\s([^>]*)>(.*?)<\/w:style>/gsu;
const DEEPEST = 6;

/** What is set as the title is, and says something else. */
const BESIDE_TITLE = /^(?:sub-?title|authors?|date|abstract|affiliations?|institutions?)\b/iu;

const OUTLINE = Array.from({ length: 9 }, (_, index): [string, Role] => [
  outlineStyle(index + 1),
  { heading: Math.min(index + 1, DEEPEST) },
]);

interface Style {
  readonly name: string;
  readonly basedOn: string | undefined;
  readonly outline: number | undefined;
}

/** The styles of paragraphs that are headings or titles, by their ids: also those that are based on such a style. */
export function rolesOf(stylesXml: string): ReadonlyMap<string, Role> {
  const styles = new Map<string, Style>();
  for (const [, attributes = "", content = ""] of stylesXml.matchAll(STYLE)) {
    const id = /w:styleId="([^"]*)"/u.exec(attributes)?.[1];
    if (id === undefined || !attributes.includes('w:type="paragraph"')) continue;
    const outline = /<w:outlineLvl\s+w:val="(\d)"/u.exec(content)?.[1];
    styles.set(id, {
      name: valueOf(content, "name") ?? id,
      basedOn: valueOf(content, "basedOn"),
      outline: outline === undefined ? undefined : Number(outline),
    });
  }
  const roles = new Map<string, Role>(OUTLINE);
  for (const id of styles.keys()) {
    const role = roleOf(styles, id);
    if (role) roles.set(id, role);
  }
  return roles;
}

function valueOf(content: string, element: string): string | undefined {
  return new RegExp(`<w:${element}\\s+w:val="([^"]*)"`, "u").exec(content)?.[1];
}

function roleOf(styles: ReadonlyMap<string, Style>, id: string): Role | undefined {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = styles.get(at)?.basedOn) {
    seen.add(at);
    const style = styles.get(at);
    if (!style || /^toc\b/iu.test(style.name)) return undefined;
    if (/^title$/iu.test(style.name)) return BESIDE_TITLE.test(styles.get(id)?.name ?? "") ? undefined : "title";
    const level = /^heading (\d)$/iu.exec(style.name)?.[1];
    if (level !== undefined) return { heading: Math.min(Number(level), DEEPEST) };
    // Nine is the body's.
    if (style.outline !== undefined)
      return style.outline < 9 ? { heading: Math.min(style.outline + 1, DEEPEST) } : undefined;
  }
  return undefined;
}
