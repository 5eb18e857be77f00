import type { Env, MarkdownIt, Token } from "markdown-it";
import { withoutAnchors } from "./visible.js";

/** What is longer is no heading that anybody reads, in characters. */
const LONGEST = 1000;

/** A heading as it reads: without links, emphasis, code signs, tags and ids. */
export function plainTitle(parser: MarkdownIt, env: Env, source: string): string {
  const [inline] = parser.parseInline(withoutAnchors(source.slice(0, LONGEST).toWellFormed()), env);
  return textOf(inline?.children ?? []).replace(/\s+/gu, " ").trim();
}

function textOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content, children }) => {
      if (type === "softbreak" || type === "hardbreak") return " ";
      if (type === "html_inline") return "";
      return children === null ? content : textOf(children);
    })
    .join("");
}
