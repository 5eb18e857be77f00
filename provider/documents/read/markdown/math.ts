import type { MarkdownIt, StateBlock } from "markdown-it";

const OPENING = /^\$\$(?![^\n]*\$\$)/u;
const CLOSING = /\$\$[^\S\n]*$/u;

/** Makes a parser take an equation between lines `$$` as one piece: a sign in it underlines no heading. */
export function readsMath(parser: MarkdownIt): void {
  parser.block.ruler.before(
    "fence",
    "math",
    (state, line, end, silent) => {
      if ((state.sCount[line] ?? 0) - state.blkIndent >= 4 || !OPENING.test(lineOf(state, line))) return false;
      let last = line + 1;
      while (last < end && (state.sCount[last] ?? 0) >= state.blkIndent && !CLOSING.test(lineOf(state, last))) last++;
      if (last >= end || !CLOSING.test(lineOf(state, last))) return false;
      if (silent) return true;
      state.push("math_block", "", 0).map = [line, last + 1];
      state.line = last + 1;
      return true;
    },
    { alt: ["paragraph", "blockquote", "list"] },
  );
}

/** A line without its indentation. */
export function lineOf({ src, bMarks, tShift, eMarks }: StateBlock, line: number): string {
  return src.slice((bMarks[line] ?? 0) + (tShift[line] ?? 0), eMarks[line]);
}
