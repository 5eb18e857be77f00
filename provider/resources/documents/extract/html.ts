import type { HtmlToTextOptions } from "html-to-text";
import { clean } from "./decode.js";
import { DocumentError } from "./document-error.js";
import type { Extracted } from "./extracted.js";
import { markdownBody } from "./markdown.js";

const TITLE = /<title[^>]*>([^<]*)<\/title>/iu;
const DESCRIPTION = /<meta\s(?=[^>]*\bname=["']?description\b)[^>]*\bcontent=(?:"([^"]*)"|'([^']*)')/iu;

/** The reader looks elements up by name in an object that has a property of this name from the start. */
const CONSTRUCTOR = /<(\/?)(?=constructor[\s/>])/giu;

/** How much of a document the title and the description are looked for in, in characters. */
const HEAD = 16_384;

/** Text of HTML, its headings, lists and preformatted parts as Markdown writes them. @throws DocumentError where it is nested too deeply. */
export async function html(source: string): Promise<Extracted> {
  const { convert } = await import("html-to-text");
  const head = source.slice(0, HEAD);
  const plain = (part: string | undefined): string => (part === undefined ? "" : convert(part, { wordwrap: false }).replace(/\s+/gu, " ").trim());
  const title = plain(TITLE.exec(head)?.[1]);
  const [, double, single] = DESCRIPTION.exec(head) ?? [];
  const description = plain(double ?? single);
  try {
    const body = markdownBody(clean(convert(source.replace(CONSTRUCTOR, "<$1x-"), OPTIONS)));
    return { ...(title !== "" && { title }), ...(description !== "" && { description }), ...body };
  } catch (error) {
    if (error instanceof RangeError) throw new DocumentError("is nested too deeply to be read: flatten it, or exclude it");
    throw error;
  }
}

/** Columns and rows that a cell may span at most: the reader lays out as many as it is told. */
const WIDEST = 100;
const HIGHEST = 1_000;

interface Element {
  readonly attribs?: Record<string, string>;
  readonly children?: readonly Element[];
}

function boundSpans(table: Element): void {
  for (const elements = [table]; ; ) {
    const { attribs = {}, children = [] } = elements.pop() ?? {};
    for (const [span, most] of [["colspan", WIDEST], ["rowspan", HIGHEST]] as const) {
      const columns = Number.parseInt(attribs[span] ?? "1", 10);
      if (attribs[span] !== undefined) attribs[span] = String(Math.min(most, Math.max(1, columns || 1)));
    }
    for (const child of children) elements.push(child);
    if (elements.length === 0) return;
  }
}

const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"];

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxInputLength: 2 ** 29 },
  formatters: {
    heading(element, walk, builder, options) {
      builder.openBlock({ leadingLineBreaks: 2 });
      builder.addLiteral(`${"#".repeat(Number((element as { name: string }).name.slice(1)))} `);
      walk((element as { children: Parameters<typeof walk>[0] }).children, builder);
      builder.closeBlock({ trailingLineBreaks: 2, ...options });
    },
    fenced(element, walk, builder) {
      builder.openBlock({ isPre: true, leadingLineBreaks: 2 });
      builder.addLiteral("```\n");
      walk((element as { children: Parameters<typeof walk>[0] }).children, builder);
      builder.addLiteral("\n```");
      builder.closeBlock({ trailingLineBreaks: 2 });
    },
    boundedTable(element, walk, builder, options) {
      boundSpans(element);
      builder.options.formatters["dataTable"]?.(element, walk, builder, options);
    },
  },
  selectors: [
    { selector: "img", format: "skip" },
    { selector: "a", options: { ignoreHref: true } },
    { selector: "pre", format: "fenced" },
    { selector: "table", format: "boundedTable", options: { uppercaseHeaderCells: false, colSpacing: 2 } },
    ...HEADINGS.map((selector) => ({ selector, format: "heading" })),
  ],
};
