import type { Block } from "../../tree.js";
import { directive, type Directive } from "./directives.js";
import { plain } from "./inline.js";
import { endOf, written, type Line } from "./lines.js";
import { tableAt } from "./table.js";

const ADORNMENT = /^([!-/:-@[-`{-~])\1*$/u;
const EXPLICIT = /^\.\.(?:\s+|$)/u;
const DIRECTIVE = /^\.\.\s+(?:\|[^|]+\|\s+)?([\w:+.-]+)::\s*(.*)$/u;
const NOTE = /^\.\.\s+\[([^\]]+)\](?:\s+(.*))?$/u;
const FIELD = /^:[^:\s][^:]*:(?:\s|$)/u;
/** What is filled in when the page is built. */
const VARIABLE = /^:[^:\n]+:\s*\|(?:version|release|today)\|$\n?/gmu;
const ITEM = /^(?:[-*+•]|(?:\d+|#|[a-z])[.)]|\(\w+\))\s/iu;

/**
 * Reads lines that are indented by nothing. The styles of headings are the document's, in the order in which they first
 * come.
 */
export function blocksIn(lines: readonly Line[], styles: string[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (!line || line.text === "") at++;
    else at = next(lines, at, line, styles, blocks);
  }
  return blocks;
}

/** Reads what begins at a line, and says where it ends. */
function next(lines: readonly Line[], at: number, line: Line, styles: string[], blocks: Block[]): number {
  if (line.indent > 0) return inner(lines, at, line.indent, styles, blocks);
  const heading = headingAt(lines, at);
  if (heading) {
    const known = styles.indexOf(heading.style);
    const level = known < 0 ? styles.push(heading.style) : known + 1;
    const text = plain(heading.title);
    blocks.push({ kind: "heading", level, title: text.replace(/``(.+?)``/gu, "$1"), text });
    return at + heading.lines;
  }
  if (EXPLICIT.test(line.text)) return explicit(lines, at, line, styles, blocks);
  const table = tableAt(lines, at);
  if (table) {
    blocks.push(table.block);
    return table.end;
  }
  // A line of signs alone is a transition.
  if (ADORNMENT.test(line.text) && line.text.length > 3) return at + 1;
  return paragraph(lines, at, styles, blocks);
}

/** What stands in is a quote. */
function inner(lines: readonly Line[], at: number, indent: number, styles: string[], blocks: Block[]): number {
  const end = endOf(lines, at, 1);
  const quoted = blocksIn(outdented(lines.slice(at, end), indent), styles);
  if (quoted.length > 0) blocks.push({ kind: "quote", blocks: quoted });
  return end;
}

function outdented(lines: readonly Line[], indent: number): Line[] {
  const left = lines.reduce((least, line) => Math.min(least, line.indent), indent);
  return lines.map((line) => ({ text: line.text, indent: line.indent - left }));
}

function headingAt(lines: readonly Line[], at: number): { title: string; style: string; lines: number } | undefined {
  const [first, second, third] = [lines[at], lines[at + 1], lines[at + 2]];
  if (!first || !second || second.text === "") return undefined;
  if (ADORNMENT.test(first.text)) {
    const isOver =
      third?.indent === 0 &&
      third.text === first.text &&
      !ADORNMENT.test(second.text) &&
      first.text.length >= Math.min(4, second.text.length);
    return isOver ? { title: second.text.trim(), style: `${first.text.charAt(0)} over`, lines: 3 } : undefined;
  }
  const isUnder =
    second.indent === 0 &&
    ADORNMENT.test(second.text) &&
    second.text !== "::" &&
    second.text.length >= Math.min(4, first.text.length) &&
    !ITEM.test(first.text);
  return isUnder ? { title: first.text, style: second.text.charAt(0), lines: 2 } : undefined;
}

function explicit(lines: readonly Line[], at: number, { text }: Line, styles: string[], blocks: Block[]): number {
  // Two points alone part what stands in from what stands in above.
  const end = text === ".." && lines[at + 1]?.text === "" ? at + 1 : endOf(lines, at + 1, 1);
  const body = outdented(lines.slice(at + 1, end), Infinity);
  const [, name = "", argument = ""] = DIRECTIVE.exec(text) ?? [];
  const [, label = "", note = ""] = NOTE.exec(text) ?? [];
  if (name !== "")
    blocks.push(...directive({ name, argument, body, read: (own) => blocksIn(own, styles) } satisfies Directive));
  else if (label !== "")
    blocks.push({
      kind: "paragraph",
      text: plain([`[${label}] ${note}`.trimEnd(), ...body.map((line) => line.text)].join("\n").trim()),
    });
  // All else is a target or a comment.
  return Math.max(end, at + 1);
}

function paragraph(lines: readonly Line[], at: number, styles: string[], blocks: Block[]): number {
  let end = at + 1;
  const isItem = ITEM.test(lines[at]?.text ?? "") || FIELD.test(lines[at]?.text ?? "");
  while (end < lines.length && lines[end]?.text !== "" && (isItem || lines[end]?.indent === 0)) end++;
  if (!isItem && end === at + 1 && lines[end]?.text !== "" && (lines[end]?.indent ?? 0) > 0)
    return definition(lines, at, styles, blocks);
  const text = written(lines.slice(at, end)).replace(VARIABLE, "");
  const shown = plain(text.replace(/(?:^|\s)::$|:(?=:$)/u, "").replace(/^\|(?: |$)/gmu, ""));
  if (shown.trim() !== "") blocks.push({ kind: "paragraph", text: shown });
  if (!text.endsWith("::")) return end;
  while (end < lines.length && lines[end]?.text === "") end++;
  const literal = endOf(lines, end, 1);
  if (literal > end) blocks.push({ kind: "code", text: written(lines.slice(end, literal)) });
  return literal;
}

/** A line with what stands in right below it is a term with its description. */
function definition(lines: readonly Line[], at: number, styles: string[], blocks: Block[]): number {
  const end = endOf(lines, at + 1, 1);
  blocks.push({
    kind: "definition",
    term: plain(lines[at]?.text ?? ""),
    blocks: blocksIn(outdented(lines.slice(at + 1, end), Infinity), styles),
  });
  return end;
}
