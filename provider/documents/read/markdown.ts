import type { Env, MarkdownIt, Token } from "markdown-it";
import type { Block, DocumentTree } from "../tree.js";
import { described } from "./described.js";
import { fragmentReader } from "./html.js";
import { frontMatter } from "./markdown/front-matter.js";
import { readsMath } from "./markdown/math.js";
import { readsMdx } from "./markdown/mdx.js";
import { readsMdxTables } from "./markdown/mdx-table.js";
import { rendered } from "./markdown/open-table.js";
import { readsTemplates } from "./markdown/templates.js";
import { TokenReader } from "./markdown/token-reader.js";
import { loneTitle, plainTitle } from "./markdown/title.js";

/**
 * Reads Markdown as GitHub does: CommonMark with tables, and front matter in YAML or TOML. Texts are the author's
 * source.
 *
 * @throws DocumentError where the front matter is broken.
 */
export async function markdown(source: string): Promise<DocumentTree> {
  return read(source, false);
}

/**
 * Reads MDX: Markdown with ESM, expressions and JSX, of which what a page shows stays.
 *
 * @throws DocumentError as `markdown` does.
 */
export async function mdx(source: string): Promise<DocumentTree> {
  return read(source, true);
}

async function read(source: string, isMdx: boolean): Promise<DocumentTree> {
  const { end, title, description } = await frontMatter(source);
  const body = source.slice(end);
  const blocks = await markdownBlocks(body, isMdx);
  const known = title ?? loneTitle(blocks);
  return {
    ...(known !== undefined && { title: known }),
    blocks: described(blocks, description, [known]),
  };
}

/** The blocks of Markdown that comes without front matter. */
export async function markdownBlocks(text: string, isMdx = false): Promise<Block[]> {
  const parser = await parserOf(isMdx);
  const tokens: Token[] = [];
  const env: Env = {};
  parser.block.parse(text, parser, env, tokens);
  const html = tokens.some(({ type }) => type === "html_block") ? await fragmentReader() : undefined;
  return new TokenReader(text, tokens, {
    titleOf: (title) => plainTitle(parser, env, title),
    html,
    rendered: (some) => rendered(parser, env, some),
    isMdx,
  }).blocks();
}

const parsers: (Promise<MarkdownIt> | undefined)[] = [];

/** Deeper nesting is text. */
const DEEPEST = 100;

function parserOf(isMdx: boolean): Promise<MarkdownIt> {
  return (parsers[Number(isMdx)] ??= import("markdown-it").then(({ default: create }) => {
    const parser = create("default", { html: true, maxNesting: DEEPEST });
    if (isMdx) parser.use(readsMdx).use(readsMdxTables);
    else parser.use(readsTemplates);
    parser.use(readsMath);
    return parser;
  }));
}
