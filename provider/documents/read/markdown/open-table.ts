import type { Env, MarkdownIt, Token } from "markdown-it";

/** What is written with tags in it, and shown without. */
const COMMENT = /<!--[^]*?-->/gu;
const TAG = /<(\/?)table(?=[\s>])/giu;

/** How many tables raw HTML leaves open. */
function openedBy(html: string): number {
  if (!/table/iu.test(html)) return 0;
  return [...html.replace(COMMENT, "").matchAll(TAG)].reduce((sum, [, slash]) => sum + (slash === "" ? 1 : -1), 0);
}

/** A table in raw HTML, with all that Markdown takes for the end of the HTML: an empty line ends it there. */
export interface OpenTable {
  readonly tokens: readonly Token[];
  /** Behind its last line. */
  readonly end: number;
}

/** So many tokens on it is looked for the table's end, which bounds the time that is taken by tables without one. */
const LONGEST = 5000;

/** The table that raw HTML opens, where what follows beside it closes it. */
export function openTable(tokens: readonly Token[], at: number): OpenTable | undefined {
  let open = openedBy(tokens[at]?.content ?? "");
  if (open <= 0) return undefined;
  let depth = 0;
  for (const [index, { type, content, map, nesting }] of tokens.slice(at + 1, at + LONGEST).entries()) {
    depth += nesting;
    if (depth < 0) return undefined;
    if (!isHtml(type, content)) continue;
    open += openedBy(content);
    if (open <= 0) return depth === 0 && map ? { tokens: tokens.slice(at, at + index + 2), end: map[1] } : undefined;
  }
  return undefined;
}

/** Rows that are indented come to be code behind an empty line, which nobody means. */
function isHtml(type: string, content: string): boolean {
  return type === "html_block" || (type === "code_block" && /^\s*<\/?[a-z]/iu.test(content));
}

/** What a page has of tokens. */
export function rendered(parser: MarkdownIt, env: Env, tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (isHtml(token.type, token.content)) return token.content;
      return token.type === "inline"
        ? parser.renderInline(token.content, env)
        : parser.renderer.render([token], parser.options, env);
    })
    .join("");
}
