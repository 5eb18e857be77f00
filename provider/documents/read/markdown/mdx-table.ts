import type { MarkdownIt } from "markdown-it";
import { lineOf } from "./math.js";
import { expressionEnd, withoutJsx } from "./mdx.js";

const OPENING = /^<table(?=[\s>])/iu;
const TAGS = /<(\/?)table(?=[\s>])/giu;

/** What HTML knows of tables and of text; any other tag is a component, whose text stays. */
const COMPONENT = /<\/?(?!(?:table|caption|colgroup|col|thead|tbody|tfoot|tr|th|td|p|br|ul|ol|li|div|pre)\b)/iu;

/** Makes a parser read a table of JSX as HTML, with the empty lines in it. */
export function readsMdxTables(parser: MarkdownIt): void {
  parser.block.ruler.before(
    "mdx",
    "mdx_table",
    (state, line, end, silent) => {
      if (!OPENING.test(lineOf(state, line))) return false;
      const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
      const behind = endOf(state.src, start, state.eMarks[end - 1] ?? state.src.length);
      if (behind === undefined) return false;
      if (silent) return true;
      let last = line;
      while (last + 1 < end && (state.bMarks[last + 1] ?? Infinity) < behind) last++;
      const token = state.push("html_block", "", 0);
      token.map = [line, last + 1];
      token.content = markupOf(state.src.slice(start, state.eMarks[last]));
      state.line = last + 1;
      return true;
    },
    { alt: ["paragraph"] },
  );
}

/** Behind the tag that closes a table. */
function endOf(text: string, start: number, end: number): number | undefined {
  let depth = 0;
  for (const { 0: tag, 1: slash, index } of text.slice(start, end).matchAll(TAGS)) {
    depth += slash === "" ? 1 : -1;
    if (depth === 0) return start + index + tag.length;
  }
  return undefined;
}

/** What is code in Markdown, or JavaScript, is no markup. */
function markupOf(jsx: string): string {
  let found = "";
  for (let at = 0; at < jsx.length; ) {
    const code = jsx[at] === "`" ? /^(`+)(?!`)[^]*?(?<!`)\1(?!`)/u.exec(jsx.slice(at))?.[0] : undefined;
    const end = code === undefined ? (jsx[at] === "{" ? expressionEnd(jsx, at) : undefined) : at + code.length;
    const tag = end === undefined && jsx[at] === "<" ? /^<[^>]*>/u.exec(jsx.slice(at))?.[0] : undefined;
    if (end !== undefined) found += escaped(shownOf(jsx.slice(at, end)));
    else found += tag === undefined ? jsx.charAt(at) : COMPONENT.test(tag) ? withoutJsx(tag) : tag;
    at = end ?? at + (tag?.length ?? 1);
  }
  return found;
}

/** A text in braces is shown without them, a comment not at all. */
function shownOf(part: string): string {
  if (/^\{\s*\/\*/u.test(part)) return "";
  return /^\{\s*(?:`([^`$]*)`|"([^"]*)"|'([^']*)')\s*\}$/u.exec(part)?.slice(1).join("") ?? part;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
