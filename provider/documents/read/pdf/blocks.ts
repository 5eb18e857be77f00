import type { Block, Code, Definition, Paragraph } from "../../tree.js";
import { joined, type Vocabulary } from "./join.js";
import { WIDEST } from "./lines.js";
import type { Line } from "./page.js";

/** What a document's lines are like, which a single one is measured by. */
export interface Habits {
  readonly vocabulary: Vocabulary;
  /** The distance of base lines within paragraphs, by the size of letters. */
  readonly leading: number;
  /** Whether letters of the same width tell code; not where all is printed in them. */
  readonly hasCode: boolean;
}

/** A paragraph or code, with the lines that it was made of. */
export interface Printed {
  readonly block: Paragraph | Code | Definition;
  readonly first: Line;
  readonly last: Line;
  /** Where the line begins that begins furthest left. */
  readonly left: number;
}

/** Distances that are greater by so much part paragraphs. */
const LOOSE = 1.3;
const TIGHT = 1.1;
/** So many empty lines are still within code. */
const LOOSE_CODE = 3.2;
/** Sizes that differ by less are the same. */
const SAME_SIZE = 0.12;
/** Lines that begin further in by so much, by the size of letters, begin a paragraph. */
const INDENT = 0.8;
/** The width of a letter, by its size. */
const LETTER = 0.5;

const BULLET = /^[•◦▪●○■□‣⁃∙–—]\s/u;
const NUMBERED = /^(?:[-*]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s/u;
const ENDED = /[.!?:;。！？।۔؟]["'”’»)\]」』]*$/u;
const COLUMNS = / {2}/u;

/** Puts the lines of a part of a page together to paragraphs and code. */
export function blocksOf(lines: readonly Line[], habits: Habits): Printed[] {
  const groups: [Line, ...Line[]][] = [];
  for (const [index, line] of lines.entries()) {
    const [group, before] = [groups.at(-1), lines[index - 1]];
    if (group && before && !parts(before, line, group, lines, habits)) group.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => {
    const [first] = group;
    const left = group.reduce((least, { x }) => Math.min(least, x), Infinity);
    return {
      first,
      last: group.at(-1) ?? first,
      left,
      block: isCode(first, habits) ? code(group, habits) : paragraph(group, lines, habits),
    };
  });
}

/** Lines are right below each other up to such a distance, by the size of letters. */
const RIGHT_BELOW = 1.8;

/** A term has so many characters at most. */
const LONGEST_TERM = 200;

/**
 * Puts a short text that is no sentence together with what stands below it and further in: it names that, as a
 * signature does.
 */
export function withTerms(parts: readonly Printed[]): Printed[] {
  const found: Printed[] = [];
  for (let at = 0; at < parts.length; ) {
    const terms = termsAt(parts, at);
    at += Math.max(1, terms.length);
    const from = at;
    const part = parts[from - 1];
    if (!part) break;
    const edge = part.left + part.first.size * INDENT;
    const term = terms.length === 0 ? undefined : terms.join("\n");
    // What is higher up is in the next column.
    while (
      term !== undefined &&
      at < parts.length &&
      (parts[at]?.left ?? 0) > edge &&
      (parts[at]?.first.y ?? 0) < (parts[at - 1]?.last.y ?? 0)
    )
      at++;
    const below = withTerms(parts.slice(from, at));
    const last = below.at(-1)?.last;
    if (term === undefined || last === undefined) found.push(...parts.slice(from - Math.max(1, terms.length), from));
    else found.push({ ...part, last, block: { kind: "definition", term, blocks: below.map(({ block }) => block) } });
  }
  return found;
}

/** Several terms may have one description: they stand right below each other. */
function termsAt(parts: readonly Printed[], at: number): string[] {
  const terms: string[] = [];
  for (let part = parts[at], before: Printed | undefined; part; before = part, part = parts[at + terms.length]) {
    const term = termOf(part);
    const isNext =
      !before ||
      (Math.abs(before.left - part.left) < part.first.size * INDENT && isRightBelow(before.last, part.first));
    if (term === undefined || !isNext) break;
    terms.push(term);
  }
  return terms;
}

function isRightBelow(before: Line, line: Line): boolean {
  const distance = before.y - line.y;
  return distance > 0 && distance < line.size * RIGHT_BELOW;
}

function termOf({ block }: Printed): string | undefined {
  const isShort = block.kind === "paragraph" || (block.kind === "code" && !block.text.includes("\n"));
  if (!isShort || block.text.length > LONGEST_TERM) return undefined;
  return ENDED.test(block.text) || BULLET.test(block.text) || NUMBERED.test(block.text) ? undefined : block.text;
}

const isCode = (line: Line, { hasCode }: Habits): boolean => hasCode && line.isMonospaced;

function parts(before: Line, line: Line, group: readonly Line[], all: readonly Line[], habits: Habits): boolean {
  const distance = before.y - line.y;
  const leading = habits.leading * Math.max(before.size, line.size);
  const [first = before] = group;
  if (isCode(first, habits)) return !isCode(line, habits) || distance < 0 || distance > leading * LOOSE_CODE;
  // Code within a paragraph may fill a line of it.
  if (isCode(line, habits) && (ENDED.test(before.text) || distance > leading * TIGHT)) return true;
  if (Math.abs(before.size - line.size) > before.size * SAME_SIZE) return true;
  if (BULLET.test(line.text)) return true;
  // Upwards it goes on in the next column, and sidewards in the next cell.
  if (distance < line.size / 2) return !isWithinSentence(before, line);
  if (distance > leading * LOOSE) return true;
  if (COLUMNS.test(before.text) || COLUMNS.test(line.text)) return false;
  const isBroken = breaksAfter(before, line, all);
  if (isBroken && (ENDED.test(before.text) || NUMBERED.test(line.text))) return true;
  const further = line.x - before.x;
  if (further > line.size * INDENT)
    return (
      !(group.length === 1 && (NUMBERED.test(before.text) || BULLET.test(before.text))) &&
      (isBroken || ENDED.test(before.text))
    );
  return further < -line.size * INDENT && group.length > 1;
}

/** Whether a paragraph goes on in a line that does not stand right below: in the next column or on the next page. */
export function isWithinSentence(before: Line, line: Line): boolean {
  return (
    Math.abs(before.size - line.size) <= before.size * SAME_SIZE &&
    !ENDED.test(before.text) &&
    /^\p{Ll}/u.test(line.text)
  );
}

/** Whether the next line's first word would have had room, so that the line's end is meant. */
function breaksAfter(before: Line, line: Line, all: readonly Line[]): boolean {
  if (/^\p{Ll}/u.test(line.text) && !ENDED.test(before.text)) return false;
  const edge = all.reduce(
    (most, { x, right }) => (Math.abs(x - before.x) <= before.size * 3 ? Math.max(most, right) : most),
    before.right,
  );
  const [word = ""] = line.text.split(" ", 1);
  return before.right + (word.length + 2) * before.size * LETTER < edge;
}

/** Statements of a program that is not printed in letters of the same width. */
const STATEMENT = /[;{}]\s*(?:\/\*.*\*\/|\/\/.*)?$/u;

function paragraph(lines: readonly Line[], all: readonly Line[], { vocabulary }: Habits): Paragraph {
  if (lines.length > 1 && lines.filter(({ text }) => STATEMENT.test(text)).length * 2 > lines.length)
    return { kind: "paragraph", text: lines.map(({ text }) => text).join("\n") };
  let text = "";
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before) text = line.text;
    else if (COLUMNS.test(before.text) || COLUMNS.test(line.text) || breaksAfter(before, line, all))
      text += `\n${line.text}`;
    else text = joined(text, line.text, vocabulary);
  }
  return { kind: "paragraph", text };
}

/** Code as it is printed, with the white space that its place says. */
function code(lines: readonly [Line, ...Line[]], { leading }: Habits): Code {
  const left = lines.reduce((least, { x }) => Math.min(least, x), Infinity);
  const longest = lines.reduce((best, line) => (line.text.length > best.text.length ? line : best));
  const letter = (longest.right - longest.x) / longest.text.length;
  const written = lines.map((line, index) => {
    const before = lines[index - 1];
    const isBelowEmpty = before !== undefined && before.y - line.y > leading * line.size * 1.6;
    const columns = letter > 0 ? Math.min(WIDEST, Math.round((line.x - left) / letter)) : 0;
    return `${isBelowEmpty ? "\n" : ""}${" ".repeat(columns)}${line.text}`;
  });
  return { kind: "code", text: written.join("\n") };
}

/** Joins what goes on across pages. */
export function joinedAcross(before: Block, block: Paragraph, vocabulary: Vocabulary): Block {
  if (before.kind === "definition")
    return {
      ...before,
      blocks: before.blocks.map((own, index) =>
        index === before.blocks.length - 1 ? joinedAcross(own, block, vocabulary) : own,
      ),
    };
  return before.kind === "paragraph" ? { ...before, text: joined(before.text, block.text, vocabulary) } : before;
}

/** Whether the last of what is in a block is a paragraph, which may go on. */
export function endsInParagraph(block: Block | undefined): boolean {
  return block?.kind === "definition" ? endsInParagraph(block.blocks.at(-1)) : block?.kind === "paragraph";
}
