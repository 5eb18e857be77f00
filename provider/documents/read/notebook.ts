import { DocumentError } from "../document-error.js";
import type { Block, DocumentTree } from "../tree.js";
import { clean } from "./decode.js";
import { fenceOf } from "./fence.js";
import { parseJson } from "./json.js";
import { markdownBlocks } from "./markdown.js";
import { frontMatter } from "./markdown/front-matter.js";

/** A notebook as it is written, whatever is in it. */
interface Notebook {
  readonly metadata?: {
    readonly title?: unknown;
    readonly kernelspec?: { readonly language?: unknown };
    readonly language_info?: { readonly name?: unknown };
  };
  readonly cells?: unknown;
}

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly outputs?: unknown;
}

/**
 * A Jupyter notebook: its cells in order, with what a program printed. Outputs that are data, as pictures and tables
 * are, are left out.
 *
 * @throws DocumentError where it is no notebook.
 */
export async function notebook(source: string): Promise<DocumentTree> {
  if (source.trim() === "") return { blocks: [] };
  const { metadata, cells } = (parseJson(source) ?? {}) as Notebook;
  if (!Array.isArray(cells))
    throw new DocumentError(
      "is no Jupyter notebook of version 4 or later: it has no list of cells. Save it again, or exclude it",
    );
  const language = metadata?.language_info?.name ?? metadata?.kernelspec?.language;
  const blocks: Block[] = [];
  const [front, rest] = await withoutFrontMatter(cells as readonly (Cell | null)[]);
  for (const cell of rest) blocks.push(...(await blocksOf(cell ?? {}, typeof language === "string" ? language : "")));
  const title = metadata?.title ?? front;
  return {
    ...(typeof title === "string" && title.trim() !== "" && { title: clean(title).replace(/\s+/gu, " ").trim() }),
    blocks,
  };
}

/** The title in a first cell that is front matter alone, and the other cells. */
async function withoutFrontMatter(
  cells: readonly (Cell | null)[],
): Promise<readonly [title: string | undefined, cells: readonly (Cell | null)[]]> {
  const [first, ...rest] = cells;
  const text = first?.cell_type === "raw" ? textOf(first.source).trim() : "";
  const { end, title } = await frontMatter(text);
  return end > 0 && end === text.length ? [title, rest] : [undefined, cells];
}

async function blocksOf({ cell_type: type, source, outputs }: Cell, language: string): Promise<Block[]> {
  const text = textOf(source);
  if (type === "markdown") return markdownBlocks(text);
  if (type !== "code") return text.trim() === "" ? [] : [{ kind: "paragraph", text: text.trimEnd() }];
  return [
    ...fenced(text, language),
    ...(Array.isArray(outputs) ? outputs.flatMap((output) => fenced(printed(output), "")) : []),
  ];
}

/** A text may be a list of lines. */
function textOf(text: unknown): string {
  const parts: readonly unknown[] = Array.isArray(text) ? text : [text];
  return clean(parts.filter((part) => typeof part === "string").join(""));
}

function printed(output: unknown): string {
  const { output_type: type, text } = (output ?? {}) as { output_type?: unknown; text?: unknown };
  return type === "stream" ? textOf(text) : "";
}

/** Code as Markdown fences it, with more signs than it has itself in a row. */
function fenced(text: string, language: string): Block[] {
  if (text.trim() === "") return [];
  const opening = fenceOf(text);
  return [
    {
      kind: "code",
      text: `${opening}${language}\n${text.replace(/^\n+|\s+$/gu, "")}\n${opening}`,
      opening: opening + language,
    },
  ];
}
