import type { Env, MarkdownIt, Token } from "markdown-it";
import { headingsIn, type Block } from "../../tree.js";
import { withoutAnchors } from "./visible.js";

/** What is longer is no heading that anybody reads, in characters. */
const LONGEST = 1000;

/**
 * A heading as it reads: without links, emphasis, code signs, tags, ids and pictures; of pictures alone, what they
 * show.
 */
export function plainTitle(parser: MarkdownIt, env: Env, source: string): string {
  const [inline] = parser.parseInline(withoutAnchors(source.slice(0, LONGEST).toWellFormed()), env);
  const tokens = inline?.children ?? [];
  return oneLine(textOf(tokens, false)) || oneLine(textOf(tokens, true));
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** @param isPictured whether what pictures show counts. */
function textOf(tokens: readonly Token[], isPictured: boolean): string {
  return tokens
    .map(({ type, content, children }) => {
      if (type === "softbreak" || type === "hardbreak") return " ";
      if (type === "html_inline" || (type === "image" && !isPictured)) return "";
      return children === null ? content : textOf(children, isPictured);
    })
    .join("");
}

/** The one heading of the first level, where it comes before all others. */
export function loneTitle(blocks: readonly Block[]): string | undefined {
  const [first, ...others] = headingsIn(blocks);
  return first?.level === 1 && first.title !== "" && others.every(({ level }) => level > 1) ? first.title : undefined;
}
