import type { MarkdownIt } from "markdown-it";
import { lineOf } from "./math.js";

/** A tag of Liquid, Markdoc or Hugo, or attributes of kramdown, with nothing else on their line. */
const TAG = /^(?:\{%(?:(?!%\}).)*%\}|\{\{[<%](?:(?![%>]\}\}).)*[%>]\}\}|\{:[^{}]*\})\s*$/u;

/** A tag that shows what follows as code. */
const CODE = /^(?:\{%-?|\{\{[<%])\s*highlight\b/u;
const CODE_END = /^(?:\{%-?\s*end|\{\{[<%]\s*\/\s*)highlight\b/u;

/**
 * Makes a parser leave out the lines that a generator of sites takes as its own. What stands between two of them that
 * show code is code.
 */
export function readsTemplates(parser: MarkdownIt): void {
  parser.block.ruler.before(
    "table",
    "template",
    (state, line, end, silent) => {
      if (state.src.charCodeAt((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)) !== 0x7b) return false;
      if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return false;
      const text = lineOf(state, line);
      if (!TAG.test(text)) return false;
      if (silent) return true;
      let last = line + 1;
      const opens = CODE.test(text);
      while (opens && last < end && !CODE_END.test(lineOf(state, last))) last++;
      const isCode = opens && last < end;
      state.push("template", "", 0).map = [line, line + 1];
      if (isCode && last > line + 1) state.push("code_block", "code", 0).map = [line + 1, last];
      if (isCode) state.push("template", "", 0).map = [last, last + 1];
      state.line = isCode ? last + 1 : line + 1;
      return true;
    },
    { alt: ["paragraph", "blockquote", "list"] },
  );
}
