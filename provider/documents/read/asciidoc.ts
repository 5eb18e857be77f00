import type { DocumentTree } from "../tree.js";
import { described } from "./described.js";
import { html } from "./html.js";

/** What stands where a file would be included. */
const INCLUDE = /<a\s[^>]*class="[^"]*\binclude\b[^"]*"[^>]*>.*?<\/a>/gsu;

/** A note is drawn as a table with its name in the first cell. */
const NOTE = /<table>\s*<tr>\s*<td class="icon">\s*<div class="title">(.*?)<\/div>\s*<\/td>/gsu;

/** A table more would rename all that come after it. */
const UNNUMBERED = { "table-caption!": "", "figure-caption!": "", "example-caption!": "", "listing-caption!": "" };

/** AsciiDoc, as the page that Asciidoctor makes of it. It includes no file. @throws DocumentError as `html` does. */
export async function asciidoc(source: string): Promise<DocumentTree> {
  const { load } = await import("@asciidoctor/core");
  // Its warnings are on links to other files, for the most part. It changes what it is given.
  const document = await load(source, {
    safe: "secure",
    standalone: false,
    logger: null,
    attributes: { showtitle: "", experimental: "", "toc!": "", ...UNNUMBERED },
  });
  const page = await document.convert();
  const tree = await html(
    page.replaceAll(INCLUDE, "").replaceAll(NOTE, '<p class="admonition-title">$1</p><table><tr>'),
  );
  const description: unknown = document.getAttribute("description");
  if (typeof description !== "string") return tree;
  return { ...tree, blocks: described(tree.blocks, description.replace(/\s+/gu, " ").trim(), [tree.title]) };
}
