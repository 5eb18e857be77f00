import { childrenOf, isContainer, type Block, type DocumentTree } from "../tree.js";
import { lettersOf } from "./letters.js";

const LABEL =
  /^\P{L}*(?:(?:table of |page )?contents?|toc|on this page|in this (?:article|page|section|document)|jump to|inhalt(?:sverzeichnis)?|auf dieser seite|sommaire|table des matières|sur cette page|índice|contenido|indice|目[次录錄]|оглавление|содержание)\P{L}*$/iu;

/** Whether a line says that contents follow, as it stands above them where it is no heading. */
export const isContentsLabel = (line: string): boolean => line.length < 80 && LABEL.test(line);

/** So much of a list's links has to be headings or the like, for it to be but a copy of them. */
const MOST = 3 / 4;

/**
 * A document without the lists of links that lead to its own headings, terms, or rows: they say nothing that is not
 * said there.
 */
export function withoutContents(tree: DocumentTree): DocumentTree {
  const { blocks } = tree;
  if (!blocks.some(isLinks)) return tree;
  const titles = new Set(namesIn(blocks).map(wordsOf));
  const kept: Block[] = [];
  for (const block of blocks) {
    if (!isLinks(block) || !isContents(block.links, titles)) {
      kept.push(block);
      continue;
    }
    const above = kept.at(-1);
    if (above && isLabel(above)) kept.pop();
  }
  return { ...tree, blocks: kept };
}

function namesIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block): string[] => {
    if (block.kind === "heading") return [block.title];
    if (block.kind === "table") return block.rows.map((row) => FIRST_CELL.exec(row)?.[1]?.replace(TAG, "") ?? "");
    const terms = block.kind === "definition" ? block.term.split("\n") : [];
    return isContainer(block) ? [...terms, ...namesIn(childrenOf(block))] : terms;
  });
}

const FIRST_CELL = /^\s*\|?([^|]*)/u;
const TAG = /<[^>]*>/gu;

type Links = Block & { readonly links: readonly string[] };

function isLinks(block: Block): block is Links {
  return block.kind === "list" && block.links !== undefined;
}

function isContents(links: readonly string[], titles: ReadonlySet<string>): boolean {
  return links.length > 1 && links.filter((link) => titles.has(wordsOf(link))).length >= links.length * MOST;
}

/** A title without its number. */
const wordsOf = (title: string): string => lettersOf(title.replace(/^[\d.\s]+(?=\p{L})/u, ""));

/** Whether a block has nothing to say but that contents follow. */
function isLabel(above: Block): boolean {
  return above.kind === "paragraph" && isContentsLabel(above.text);
}
