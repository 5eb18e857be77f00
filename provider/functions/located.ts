import type { SearchHit } from "./search.js";
import { oneLine } from "../text/clean.js";
import { BETWEEN } from "../ownership/title.js";

/** Something found in a knowledge base. */
export interface KnowledgeHit extends SearchHit {
  /**
   * The document that it is from, as `guide/install.md`; the description of an item that is no document's. Not there
   * for what the API made of files.
   */
  readonly document?: string | undefined;
  /** The headings above it, as `Install › Linux`. Not there where there are none. */
  readonly section?: string | undefined;
}

/**
 * Tells of hits which document and section they are from.
 *
 * @param items with the titles that their descriptions have.
 */
export function located(
  hits: readonly SearchHit[],
  items: readonly { readonly id: string; readonly description: string }[],
): KnowledgeHit[] {
  const titles = new Map(items.map(({ id, description }) => [id, description]));
  return hits.map((hit) => {
    const title = titles.get(hit.id) ?? "";
    if (title === "" || isBeginningOf(hit.content, title)) return hit;
    const [document = "", ...headings] = title.split(BETWEEN);
    return { ...hit, document, ...(headings.length > 0 && { section: headings.join(BETWEEN) }) };
  });
}

/** Where nobody gave one, the API makes an item's description of its content. */
export function isBeginningOf(content: string, title: string): boolean {
  return oneLine(content).startsWith(oneLine(title).replace(/ ?(?:…|\.\.\.)$/u, ""));
}
