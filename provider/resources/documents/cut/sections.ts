import type { Body, Extracted, Heading } from "../extract/extracted.js";

/** A heading, or several where all but the last have no text of their own, with the text under it. */
export interface Section {
  readonly start: number;
  readonly end: number;
  readonly body: readonly Body[];
  /** The title and headings that the section stands under and that are not in its own text. */
  readonly above: readonly string[];
  /** The same, with the heading that its body stands under. */
  readonly path: readonly string[];
}

/** Takes a document apart at its headings. */
export function sections({ title, blocks }: Extracted): Section[] {
  const found: Section[] = [];
  const open: Heading[] = [];
  let heads: Heading[] = [];
  let body: Body[] = [];
  const finish = (): void => {
    const [first] = heads.length > 0 ? heads : body;
    const last = body.at(-1) ?? heads.at(-1);
    if (first && last) {
      const own = new Set(heads);
      const path = open.map((heading) => heading.title);
      const above = open.filter((heading) => !own.has(heading)).map((heading) => heading.title);
      found.push({ start: first.start, end: last.end, body, above: under(title, above, heads), path: under(title, path, []) });
    }
    heads = [];
    body = [];
  };
  for (const block of blocks) {
    if (block.kind !== "heading") {
      body.push(block);
      continue;
    }
    if (body.length > 0) finish();
    while ((open.at(-1)?.level ?? 0) >= block.level) open.pop();
    open.push(block);
    heads.push(block);
  }
  finish();
  return found;
}

/** The title goes in front unless a heading says the same. */
function under(title: string | undefined, headings: readonly string[], own: readonly Heading[]): string[] {
  const named = headings.filter((heading) => heading !== "");
  const repeated = title === undefined || named[0] === title || own[0]?.title === title;
  return repeated ? named : [title, ...named];
}
