import type { MarkdownIt, StateBlock } from "markdown-it";
import { lineOf } from "./math.js";

/**
 * Makes a parser read MDX: blocks of ESM, of expressions and of JSX tags become tokens of the type `mdx`, the content
 * being what they show.
 */
export function readsMdx(parser: MarkdownIt): void {
  parser.disable(["code", "html_block", "html_inline", "autolink"]);
  parser.block.ruler.before("table", "mdx_indent", outdent);
  parser.block.ruler.before("table", "mdx", (state, line, end, silent) => {
    const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
    const flow = (state.sCount[line] === 0 ? moduleEnd(state.src, start) : undefined) ?? flowEnd(state.src, start);
    if (flow === undefined) return false;
    if (silent) return true;
    let last = line;
    while (last + 1 < end && (state.bMarks[last + 1] ?? Infinity) < flow.end) last++;
    const token = state.push("mdx", "", 0);
    token.map = [line, last + 1];
    token.content = flow.shown;
    state.line = last + 1;
    return true;
  });
}

/** In MDX, nothing is code for being indented: what stands in a tag usually is. */
function outdent(state: StateBlock, line: number, end: number): false {
  const excess = (state.sCount[line] ?? 0) - state.blkIndent;
  if (excess < 4) return false;
  state.sCount[line] = state.blkIndent;
  const [fence] = /^(?:`{3,}|~{3,})/u.exec(lineOf(state, line)) ?? [];
  if (fence === undefined) return false;
  for (let next = line + 1; next < end; next++) {
    state.sCount[next] = Math.max(state.blkIndent, (state.sCount[next] ?? 0) - excess);
    const text = lineOf(state, next);
    if (text.startsWith(fence) && /^(?:`+|~+)\s*$/u.test(text)) break;
  }
  return false;
}

interface Flow {
  readonly end: number;
  readonly shown: string;
}

const MODULE =
  /^(?:import\s*(?:['"{*]|[\w$]+\s*(?:,|from\b))|import\s+type\b|export\s*[{*]|export\s+(?:const|let|var|default|function|class|async|type|interface|enum)\b)/u;

/** Imports and exports go on to an empty line outside of all brackets. */
function moduleEnd(text: string, start: number): Flow | undefined {
  if (!MODULE.test(text.slice(start, start + 200))) return undefined;
  let end = start;
  for (const empty of text.slice(start).matchAll(/\n[^\S\n]*(?=\n|$)/gu)) {
    end = start + empty.index;
    if (balanced(text, start, end)) return { end, shown: "" };
  }
  return balanced(text, start, text.length) ? { end: text.length, shown: "" } : undefined;
}

function balanced(text: string, start: number, end: number): boolean {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const sign = text.charAt(at);
    const behind = behindQuoted(text, at);
    if (behind !== undefined) at = behind - 1;
    else if ("{[(".includes(sign)) depth++;
    else if ("}])".includes(sign)) depth--;
  }
  return depth <= 0;
}

/** Tags and expressions with nothing else on their lines. */
function flowEnd(text: string, start: number): Flow | undefined {
  let shown = "";
  for (let at = start; ; ) {
    while (text[at] === " " || text[at] === "\t") at++;
    if (at >= text.length || text[at] === "\n") return at === start ? undefined : { end: at, shown };
    const end = text[at] === "{" ? expressionEnd(text, at) : text[at] === "<" ? tagEnd(text, at) : undefined;
    if (end === undefined) return undefined;
    if (text[at] === "{")
      shown += /^\{\s*(?:`([^`$]*)`|"([^"]*)"|'([^']*)')\s*\}$/u.exec(text.slice(at, end))?.slice(1).join("") ?? "";
    at = end;
  }
}

/** Behind the brace that closes the one at an offset. */
export function expressionEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const behind = behindQuoted(text, at);
    if (behind !== undefined) at = behind - 1;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}

const TAG = /^<(?:!--|\/?[a-z_$][\w$.:-]*(?=[\s/>{])|\/?(?=>))/iu;

/** Behind a tag, or a comment, that begins at an offset. */
export function tagEnd(text: string, start: number): number | undefined {
  const [opening] = TAG.exec(text.slice(start, start + 120)) ?? [];
  if (opening === undefined) return undefined;
  if (opening === "<!--") {
    const end = text.indexOf("-->", start);
    return end < 0 ? undefined : end + 3;
  }
  for (let at = start + opening.length; at < text.length; at++) {
    const sign = text[at];
    if (sign === ">") return at + 1;
    if (sign === "<") return undefined;
    if (sign === "{") at = (expressionEnd(text, at) ?? text.length) - 1;
    else if (sign === '"' || sign === "'") at = closed(text, at, sign);
  }
  return undefined;
}

function closed(text: string, start: number, sign: string): number {
  const end = text.indexOf(sign, start + 1);
  return end < 0 ? text.length : end;
}

/** Behind what JavaScript quotes at an offset, or comments out: brackets in it do not count. */
function behindQuoted(text: string, at: number): number | undefined {
  const sign = text[at];
  if (sign === "/" && text[at + 1] === "*") return closed(text, at + 1, "*/") + 2;
  if (sign === "/" && text[at + 1] === "/" && text[at - 1] !== ":") return closed(text, at, "\n");
  if (sign !== '"' && sign !== "'" && sign !== "`") return undefined;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === sign) return end + 1;
    else if (text[end] === "\n" && sign !== "`") break;
  }
  return at + 1;
}

/** Text of MDX without comments and without tags, whose text stays. Code spans stay as they are. */
export function withoutJsx(text: string): string {
  if (!/[<{]/u.test(text)) return text;
  let found = "";
  for (let at = 0; at < text.length; ) {
    const end = hiddenEnd(text, at);
    if (end !== undefined) {
      at = end;
      continue;
    }
    const [code = text.charAt(at)] =
      text[at] === "`"
        ? (/^(`+)(?!`)[^]*?(?<!`)\1(?!`)/u.exec(text.slice(at)) ?? /^`+/u.exec(text.slice(at)) ?? [])
        : text[at] === "\\"
          ? [text.slice(at, at + 2)]
          : [];
    found += code;
    at += code.length;
  }
  return found;
}

function hiddenEnd(text: string, at: number): number | undefined {
  if (text[at] === "<") return tagEnd(text, at);
  return text[at] === "{" && /^\{\s*\/\*/u.test(text.slice(at, at + 20)) ? expressionEnd(text, at) : undefined;
}
