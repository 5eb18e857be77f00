import {
  childrenOf,
  hasHeading,
  isContainer,
  type Block,
  type Container,
  type DocumentTree,
  type Heading,
  type Leaf,
} from "../tree.js";

/** A block that has no heading in it. */
export type Body = Leaf | Container;

/** A heading, or several where all but the last have no text of their own, with the blocks under it. */
export interface Section {
  readonly headings: readonly Heading[];
  readonly body: readonly Body[];
  /** The title and headings that the section stands under and that are not in its own text. */
  readonly above: readonly string[];
  /** The same, with the heading that its body stands under. */
  readonly path: readonly string[];
}

/** Takes a document apart at its headings, also at those within lists, quotes, definitions and pages. */
export function sections({ title, blocks }: DocumentTree): Section[] {
  const found: Section[] = [];
  const open: Heading[] = [];
  let heads: Heading[] = [];
  let body: Body[] = [];
  const finish = (): void => {
    if (heads.length > 0 || body.length > 0) {
      const own = new Set(heads);
      const path = open.map((heading) => heading.title);
      const above = open.filter((heading) => !own.has(heading)).map((heading) => heading.title);
      found.push({ headings: heads, body, above: under(title, above, heads), path: under(title, path, []) });
    }
    heads = [];
    body = [];
  };
  for (const block of opened(blocks)) {
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

/**
 * The blocks, with what has headings in it taken apart. A page's end is no better place for a split than a paragraph's.
 */
function* opened(blocks: readonly Block[]): Generator<Heading | Body> {
  for (const block of blocks) {
    if (block.kind === "heading" || !isContainer(block) || (block.kind !== "page" && !hasHeading(block))) {
      yield block;
      continue;
    }
    if (block.kind === "definition") yield { kind: "paragraph", text: block.term, ...(block.tight && { tight: true }) };
    yield* opened(childrenOf(block));
  }
}
